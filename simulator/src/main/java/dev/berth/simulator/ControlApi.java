package dev.berth.simulator;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.CorsHandler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** What a person does on a phone or on WeChat's web pages: registers apps, is a user, signs in. */
final class ControlApi {
    private static final Logger LOG = System.getLogger("dev.berth.simulator");
    private static final String ROOT = "/__sim__/";
    private static final long LONGEST_BODY = 64 * 1024;

    private final Database database;
    private final InstantSource clock;
    private final Chance chance;

    ControlApi(Database database, InstantSource clock, Chance chance) {
        this.database = database;
        this.clock = clock;
        this.chance = chance;
    }

    void mount(Router router) {
        router.route(ROOT + "*").handler(pagesOfThisMachine()).failureHandler(this::failed);
        router.route(ROOT + "*").handler(BodyHandler.create(false).setBodyLimit(LONGEST_BODY));

        router.post(ROOT + "codes").handler(this::mintCode);
        router.get(ROOT + "users").handler(this::listUsers);
        router.post(ROOT + "users").handler(this::addUser);
        router.get(ROOT + "users/:name").handler(this::showUser);
        router.delete(ROOT + "users/:name").handler(this::removeUser);
        router.get(ROOT + "apps").handler(this::listApps);
        router.get(ROOT + "apps/:appid").handler(this::showApp);
        router.put(ROOT + "apps/:appid").handler(this::putApp);

        for (String known : List.of("codes", "users", "users/:name", "apps", "apps/:appid")) {
            router.route(ROOT + known).handler(ControlApi::refuseMethod);
        }
        router.route(ROOT + "*")
                .handler(call -> Refusal.unknownPath(call.request().path()).answer(call));
    }

    private static CorsHandler pagesOfThisMachine() {
        return CorsHandler.create()
                .addOriginWithRegex(Loopback.ORIGIN)
                .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE))
                .allowedHeader("content-type")
                .maxAgeSeconds(600);
    }

    private void mintCode(RoutingContext call) {
        ControlJson body = ControlJson.read(call, Set.of("appid", "user"));
        String appid = body.required("appid");
        String user = body.required("user");
        answer(call, 200, database.inTransaction(handle -> {
            String code = Codes.mint(handle, Apps.get(handle, appid), Users.get(handle, user), clock.instant(), chance);
            return new JsonObject().put("code", code).put("expiresIn", Codes.LIFE.toSeconds());
        }));
    }

    private void listUsers(RoutingContext call) {
        answer(call, 200, database.inTransaction(handle -> {
            List<App> apps = Apps.all(handle);
            List<JsonObject> users = Users.all(handle).stream()
                    .map(user -> ControlJson.user(user, apps))
                    .toList();
            return new JsonObject().put("users", ControlJson.array(users));
        }));
    }

    private void addUser(RoutingContext call) {
        ControlJson body = ControlJson.read(call, Set.of("name", "nickname", "phone"));
        User user = valid(() -> new User(body.required("name"), body.optional("nickname"), body.optional("phone")));
        answer(call, 201, database.inTransaction(handle -> {
            if (!Users.add(handle, user)) {
                throw Refusal.userExists(user.name());
            }
            return shown(handle, user);
        }));
    }

    private void showUser(RoutingContext call) {
        String name = call.pathParam("name");
        answer(call, 200, database.inTransaction(handle -> shown(handle, Users.get(handle, name))));
    }

    private void removeUser(RoutingContext call) {
        String name = call.pathParam("name");
        database.inTransaction(handle -> {
                    Users.remove(handle, name);
                    return Optional.empty();
                })
                .onSuccess(done -> call.response().setStatusCode(204).end())
                .onFailure(call::fail);
    }

    private void listApps(RoutingContext call) {
        answer(call, 200, database.inTransaction(handle -> {
            List<JsonObject> apps =
                    Apps.all(handle).stream().map(ControlJson::app).toList();
            return new JsonObject().put("apps", ControlJson.array(apps));
        }));
    }

    private void showApp(RoutingContext call) {
        String appid = call.pathParam("appid");
        answer(call, 200, database.inTransaction(handle -> ControlJson.app(Apps.get(handle, appid))));
    }

    private void putApp(RoutingContext call) {
        ControlJson body = ControlJson.read(call, Set.of("secret", "kind", "unionid"));
        AppKind kind = body.optional("kind").map(ControlApi::kind).orElse(AppKind.MINI_PROGRAM);
        App app = valid(
                () -> new App(call.pathParam("appid"), body.required("secret"), kind, body.flag("unionid", true)));
        answer(call, 200, database.inTransaction(handle -> {
            Apps.put(handle, app);
            return ControlJson.app(app);
        }));
    }

    private static JsonObject shown(Handle handle, User user) {
        return ControlJson.user(user, Apps.all(handle));
    }

    private static AppKind kind(String name) {
        return Arrays.stream(AppKind.values())
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid(
                        "kind: \"%s\" (expected: one of %s)".formatted(name, Arrays.toString(AppKind.values()))));
    }

    private static <T> T valid(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static void answer(RoutingContext call, int status, Future<JsonObject> body) {
        body.onSuccess(json -> ControlJson.answer(call, status, json)).onFailure(call::fail);
    }

    private static void refuseMethod(RoutingContext call) {
        Refusal.wrongMethod(call.request().method().name(), call.request().path())
                .answer(call);
    }

    private void failed(RoutingContext call) {
        refusal(call).answer(call);
    }

    private static Refusal refusal(RoutingContext call) {
        if (call.failure() instanceof Refusal refusal) {
            return refusal;
        }
        return switch (call.statusCode()) {
            case 400 ->
                Refusal.invalid("The request cannot be read: " + call.request().path());
            case 403 -> Refusal.foreignOrigin();
            case 413 -> Refusal.tooLarge(LONGEST_BODY);
            default -> {
                LOG.log(Level.ERROR, "The simulator failed at " + call.request().path(), call.failure());
                yield DatabaseTrouble.of(call.failure())
                        .filter(trouble -> trouble == DatabaseTrouble.FULL)
                        .map(trouble -> Refusal.full())
                        .orElseGet(Refusal::broken);
            }
        };
    }
}
