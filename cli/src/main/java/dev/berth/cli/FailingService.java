package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A service that does not start: why, and what to do.
 *
 * @param environment that is to be named in a command; empty for the default one
 */
record FailingService(String name, String environment, String reason) {
    /** Those of every environment. */
    static List<FailingService> all(ManagementApi api, String defaultEnvironment) {
        List<FailingService> failing = new ArrayList<>();
        for (JsonNode environment : api.get(ApiPath.of("environments")).path("environments")) {
            String id = environment.path("id").asText();
            JsonNode services = api.get(ApiPath.of("environments", id, "services"));
            failing.addAll(of(services.path("services"), id.equals(defaultEnvironment) ? "" : id));
        }
        return failing;
    }

    static List<FailingService> of(JsonNode services, String environment) {
        List<FailingService> failing = new ArrayList<>();
        for (JsonNode service : services) {
            if (service.path("state").asText().equals("failing")) {
                failing.add(new FailingService(
                        Table.cell(service.path("name")), environment, Table.cell(service.path("lastFailure"))));
            }
        }
        return failing;
    }

    String says() {
        return "%s fails: %s".formatted(environment.isEmpty() ? name : environment + "/" + name, reason);
    }

    String todo() {
        String which = environment.isEmpty() ? name : name + " --env " + environment;
        return "Read its log: ./berth logs %s. Then mend it and deploy again, or go back: ./berth rollback %s"
                .formatted(which, which);
    }

    void print(PrintStream out) {
        out.println(says());
        out.println("  → " + todo());
    }
}
