package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The environment that {@code berth up} deploys into.
 *
 * @param app that owns it
 * @param defaults what a command takes that names neither
 */
record UpEnvironment(String id, String app, ManagementApi.Defaults defaults) {
    static UpEnvironment ofServer(ManagementApi.Defaults defaults) {
        return new UpEnvironment(defaults.environment(), defaults.app(), defaults);
    }

    /** The server's app gets it if no app has it. */
    static UpEnvironment of(ManagementApi api, ManagementApi.Defaults defaults, String id) {
        return owner(api, id)
                .map(app -> new UpEnvironment(id, app, defaults))
                .orElseGet(() -> added(api, defaults, id));
    }

    private static Optional<String> owner(ManagementApi api, String id) {
        for (JsonNode environment : api.get(ApiPath.of("environments")).path("environments")) {
            if (environment.path("id").asText().equals(id)) {
                return Optional.of(environment.path("app").asText());
            }
        }
        return Optional.empty();
    }

    private static UpEnvironment added(ManagementApi api, ManagementApi.Defaults defaults, String id) {
        api.put(ApiPath.of("environments", id), Json.object().put("app", defaults.app()));
        return new UpEnvironment(id, defaults.app(), defaults);
    }

    /** To be put behind a command that is about something in it. */
    String option() {
        return id.equals(defaults.environment()) ? "" : " --env " + id;
    }

    /** To be put behind a command that calls something in it. */
    String callOptions() {
        return app.equals(defaults.app()) ? option() : option() + " --from " + app;
    }
}
