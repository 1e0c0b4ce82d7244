package dev.berth.server;

import dev.berth.core.Caller;
import dev.berth.core.Event;
import dev.berth.core.SignIn;
import dev.berth.gateway.Sessions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;

/** The people of the simulated WeChat, and sessions for them. */
final class UserRoutes implements ManagementDoor.Routes {
    private final SimulatedUsers users;
    private final Sessions sessions;
    private final OperatorEvents events;

    UserRoutes(SimulatedUsers users, Sessions sessions, OperatorEvents events) {
        this.users = users;
        this.sessions = sessions;
        this.events = events;
    }

    @Override
    public void addTo(Router router, Blocking blocking) {
        router.get("/users")
                .handler(blocking.route(
                        context -> Blocking.answer(context, users.weChat().users())));
        router.post("/users").handler(blocking.withBody(this::add));
        router.post("/sessions").handler(blocking.withBody(this::openSession));
    }

    private void add(RoutingContext context, RequestStream body) throws IOException, InterruptedException {
        SimulatedWeChat simulated = users.weChat();
        RequestJson user = RequestJson.read(body, List.of("name", "nickname", "phone"));
        JsonObject added = simulated.addUser(user.asIs());
        events.server(context, Event.Kind.USER_ADDED, user.required("name"), "to the simulated WeChat");
        Blocking.answer(context, added);
    }

    private void openSession(RoutingContext context, RequestStream body) throws IOException, InterruptedException {
        users.weChat(); // before anything is read
        RequestJson json = RequestJson.read(body, List.of("app", "user"));
        SignIn.SignedIn in = users.signIn(json.optional("app"), json.optional("user"));
        Blocking.answer(context, session(in.caller(), in.sessionKey()));
    }

    private JsonObject session(Caller caller, String sessionKey) {
        String token = sessions.open(caller, sessionKey)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return new JsonObject()
                .put("session", token)
                .put("expiresIn", sessions.unusedLifetime().toSeconds());
    }
}
