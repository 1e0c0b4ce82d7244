package dev.berth.simulator;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.CorsHandler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;

/** What a person does on a phone or on WeChat's web pages, and what a test asks of the simulator. */
final class ControlApi {
    private static final Logger LOG = System.getLogger("dev.berth.simulator");
    private static final long LONGEST_BODY = 64 * 1024;

    private final World world;

    ControlApi(World world) {
        this.world = world;
    }

    void mount(Router router) {
        router.route(ControlRouter.ROOT + "*")
                .handler(pagesOfThisMachine())
                .failureHandler(ControlApi::failed)
                .handler(BodyHandler.create(false).setBodyLimit(LONGEST_BODY));
        ControlRouter control = new ControlRouter(router);
        groups().forEach(group -> group.mount(control));
        control.refuseTheRest();
    }

    private List<ControlRoutes> groups() {
        return List.of(
                new UserRoutes(world), //
                new AppRoutes(world),
                new ClockRoutes(world),
                new QuotaRoutes(world),
                new FaultRoutes(world),
                new JournalRoutes(world),
                new ApiRoutes(),
                new PhoneRoutes(world),
                new InboxRoutes(world),
                new MiniProgramRoutes(world),
                new ContentCheckRoutes(world));
    }

    private static CorsHandler pagesOfThisMachine() {
        return CorsHandler.create()
                .addOriginWithRegex(Loopback.ORIGIN)
                .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE))
                .allowedHeader("content-type")
                .maxAgeSeconds(600);
    }

    private static void failed(RoutingContext call) {
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
