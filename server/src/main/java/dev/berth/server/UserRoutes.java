package dev.berth.server;

import dev.berth.core.BerthException;
import dev.berth.core.Caller;
import dev.berth.core.Event;
import dev.berth.core.Problem;
import dev.berth.core.SignIn;
import dev.berth.gateway.Sessions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The people of the simulated WeChat, and sessions for them. */
final class UserRoutes implements ManagementDoor.Routes {
    private final Optional<SimulatedWeChat> simulator;
    private final SignIn signIn;
    private final Sessions sessions;
    private final OperatorEvents events;

    UserRoutes(Optional<SimulatedWeChat> simulator, SignIn signIn, Sessions sessions, OperatorEvents events) {
        this.simulator = simulator;
        this.signIn = signIn;
        this.sessions = sessions;
        this.events = events;
    }

    @Override
    public void addTo(Router router, Blocking blocking) {
        router.get("/users")
                .handler(blocking.route(
                        context -> Blocking.answer(context, simulator().users())));
        router.post("/users").handler(blocking.withBody(this::add));
        router.post("/sessions").handler(blocking.withBody(this::openSession));
    }

    private void add(RoutingContext context, RequestStream body) throws IOException, InterruptedException {
        SimulatedWeChat simulated = simulator();
        RequestJson user = RequestJson.read(body, List.of("name", "nickname", "phone"));
        JsonObject added = simulated.addUser(user.asIs());
        events.server(context, Event.Kind.USER_ADDED, user.required("name"), "to the simulated WeChat");
        Blocking.answer(context, added);
    }

    /** The same way as a mini program: a code from WeChat, exchanged for a session. */
    private void openSession(RoutingContext context, RequestStream body) throws IOException, InterruptedException {
        SimulatedWeChat simulated = simulator();
        RequestJson json = RequestJson.read(body, List.of("app", "user"));
        String app = json.optional("app").orElse(Defaults.APP);
        String code = simulated.code(app, json.optional("user").orElse(Defaults.USER));
        SignIn.Outcome outcome =
                signIn.exchange(app, code).toCompletableFuture().join();
        switch (outcome) {
            case SignIn.SignedIn in -> Blocking.answer(context, session(in.caller(), in.sessionKey()));
            case SignIn.Refused refused ->
                throw new BerthException(new Problem(
                        "SIGN_IN_REFUSED",
                        "openapi",
                        refused.errcode() + " " + refused.errmsg(),
                        "Is the app known here? See: berth apps"));
            case SignIn.Unavailable unavailable -> throw new BerthException(unavailable.problem());
        }
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

    private SimulatedWeChat simulator() {
        return simulator.orElseThrow(SimulatorRoutes::off);
    }
}
