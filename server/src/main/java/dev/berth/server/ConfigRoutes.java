package dev.berth.server;

import io.vertx.ext.web.Router;

/** The configuration that this server was started with. */
final class ConfigRoutes implements ManagementDoor.Routes {
    private final Configuration configuration;

    ConfigRoutes(Configuration configuration) {
        this.configuration = configuration;
    }

    @Override
    public void addTo(Router router, Blocking blocking) {
        router.get("/config").handler(blocking.route(context -> Blocking.answer(context, configuration.toJson())));
    }
}
