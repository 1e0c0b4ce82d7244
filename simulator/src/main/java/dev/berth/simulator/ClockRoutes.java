package dev.berth.simulator;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What makes a run repeatable: the clock, the seed, and a fresh start. */
final class ClockRoutes implements ControlRoutes {
    /** As far as a clock may be set or moved; beyond it, times would no longer fit everywhere. */
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    private final World world;

    ClockRoutes(World world) {
        this.world = world;
    }

    @Override
    public void mount(ControlRouter router) {
        router.get("clock", call -> Future.succeededFuture(shown()));
        router.put("clock", this::setClock);
        router.delete("clock", call -> letRun());
        router.put("seed", this::setSeed);
        router.delete("seed", call -> forgetSeed());
        router.post("reset", call -> world.reset().map(done -> shown()));
    }

    private Future<JsonObject> setClock(RoutingContext call) {
        ControlJson body = ControlJson.read(call, Set.of("now", "offset", "advance"));
        Optional<Instant> now = body.instant("now");
        Optional<Duration> offset = body.span("offset");
        Optional<Duration> advance = body.span("advance");
        if (now.stream().count() + offset.stream().count() + advance.stream().count() != 1) {
            throw Refusal.invalid("now, offset, advance: expected one of them, such as {\"advance\": \"5m\"}");
        }
        now.map(ClockRoutes::within).ifPresent(world.clock()::stopAt);
        offset.ifPresent(by -> {
            within(world.options().clock().instant().plus(by));
            world.clock().runAt(by);
        });
        advance.ifPresent(by -> {
            within(world.clock().instant().plus(by));
            world.clock().advance(by);
        });
        return Future.succeededFuture(shown());
    }

    private static Instant within(Instant time) {
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw Refusal.invalid("The clock cannot show %s (expected: %s to %s)".formatted(time, EARLIEST, LATEST));
        }
        return time;
    }

    private Future<?> letRun() {
        world.clock().runAt(Duration.ZERO);
        return Future.succeededFuture();
    }

    private Future<JsonObject> setSeed(RoutingContext call) {
        ControlJson body = ControlJson.read(call, Set.of("seed"));
        long seed = body.integer("seed")
                .orElseThrow(() -> Refusal.invalid("seed: missing (expected: a whole number, such as 42)"));
        world.chance().reseed(OptionalLong.of(seed));
        return Future.succeededFuture(new JsonObject().put("seed", seed));
    }

    private Future<?> forgetSeed() {
        world.chance().reseed(OptionalLong.empty());
        return Future.succeededFuture();
    }

    private JsonObject shown() {
        return new JsonObject()
                .put("now", world.clock().instant().toString())
                .put("standing", world.clock().isStanding());
    }
}
