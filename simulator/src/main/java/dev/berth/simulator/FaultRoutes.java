package dev.berth.simulator;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Faults on demand. */
final class FaultRoutes implements ControlRoutes {
    private static final Set<String> FIELDS = Set.of(
            "api",
            "app",
            "user",
            "count",
            "probability",
            "delay",
            "errcode",
            "errmsg",
            "expiredToken",
            "status",
            "reset",
            "garbage");

    private final World world;

    FaultRoutes(World world) {
        this.world = world;
    }

    @Override
    public void mount(ControlRouter router) {
        router.get("faults", call -> Future.succeededFuture(list()));
        router.add("faults", this::add);
        router.delete("faults", call -> removeAll());
        router.get("faults/:id", this::show);
        router.delete("faults/:id", this::remove);
    }

    private JsonObject list() {
        JsonArray faults = new JsonArray();
        world.faults().all().forEach(entry -> faults.add(FaultJson.of(entry)));
        return new JsonObject().put("faults", faults);
    }

    private Future<JsonObject> add(RoutingContext call) {
        Fault fault = read(ControlJson.read(call, FIELDS));
        return world.database().inTransaction(handle -> {
            fault.app().ifPresent(appid -> Apps.get(handle, appid));
            fault.user().ifPresent(user -> checkUser(handle, user));
            return FaultJson.of(ControlJson.valid(() -> world.faults().add(fault)));
        });
    }

    private static void checkUser(Handle handle, String user) {
        boolean known = Apps.all(handle).stream()
                .anyMatch(app -> People.withOpenid(handle, app, user).isPresent());
        if (!known) {
            Users.get(handle, user);
        }
    }

    private Future<?> removeAll() {
        world.faults().removeAll();
        return Future.succeededFuture();
    }

    private Future<JsonObject> show(RoutingContext call) {
        String id = call.pathParam("id");
        return Future.succeededFuture(number(id)
                .flatMap(world.faults()::find)
                .map(FaultJson::of)
                .orElseThrow(() -> Refusal.unknownFault(id)));
    }

    private Future<?> remove(RoutingContext call) {
        String id = call.pathParam("id");
        if (number(id).filter(world.faults()::remove).isEmpty()) {
            throw Refusal.unknownFault(id);
        }
        return Future.succeededFuture();
    }

    private static Optional<Long> number(String id) {
        return id.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(id)) : Optional.empty();
    }

    private static Fault read(ControlJson body) {
        return ControlJson.valid(() -> new Fault(
                body.optional("api").map(ApiName::path),
                body.optional("app"),
                body.optional("user"),
                body.integer("count"),
                body.number("probability").orElse(1.0),
                delay(body),
                effect(body)));
    }

    private static Delay delay(ControlJson body) {
        if (body.isObject("delay")) {
            return body.object("delay", Set.of("median", "sigma", "max"))
                    .map(FaultRoutes::spread)
                    .orElse(Delay.NONE);
        }
        return body.span("delay").map(span -> new Delay(span, 0, span)).orElse(Delay.NONE);
    }

    private static Delay spread(ControlJson delay) {
        Duration median = delay.span("median")
                .orElseThrow(() -> Refusal.invalid("delay.median: missing (expected: a duration such as 200ms)"));
        return new Delay(
                median, delay.number("sigma").orElse(0.0), delay.span("max").orElse(Delay.LONGEST));
    }

    private static Fault.Effect effect(ControlJson body) {
        List<Fault.Effect> named = new ArrayList<>();
        body.integer("errcode").ifPresent(code -> named.add(error(code, body.optional("errmsg"))));
        body.integer("status").ifPresent(status -> named.add(new Fault.Status(Math.toIntExact(clamped(status)))));
        body.optional("garbage").ifPresent(name -> named.add(new Fault.Garbled(garbage(name))));
        if (body.flag("expiredToken", false)) {
            named.add(new Fault.ExpiredToken());
        }
        if (body.flag("reset", false)) {
            named.add(new Fault.Reset());
        }
        if (named.size() > 1) {
            throw Refusal.invalid("errcode, expiredToken, status, reset, garbage: %d of them (expected: one)"
                    .formatted(named.size()));
        }
        if (body.has("errmsg") && !body.has("errcode")) {
            throw Refusal.invalid("errmsg: without errcode (expected: both, or neither)");
        }
        return named.isEmpty() ? new Fault.None() : named.getFirst();
    }

    private static Fault.Effect error(long errcode, Optional<String> errmsg) {
        if (errcode == 0 || errcode != clamped(errcode)) {
            throw Refusal.invalid("errcode: %d (expected: the number of an error, such as 45009)".formatted(errcode));
        }
        return new Fault.Errcode((int) errcode, errmsg);
    }

    private static long clamped(long number) {
        return Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private static Fault.Garbage garbage(String name) {
        return Arrays.stream(Fault.Garbage.values())
                .filter(garbage -> garbage.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid("garbage: \"%s\" (expected: one of %s)"
                        .formatted(name, Arrays.toString(Fault.Garbage.values()))));
    }
}
