package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;

/** A service that does not start: why, and what to do. */
record FailingService(String name, String reason) {
    static boolean is(JsonNode service) {
        return service.path("state").asText().equals("failing");
    }

    static FailingService of(JsonNode service) {
        return new FailingService(Table.cell(service.path("name")), Table.cell(service.path("lastFailure")));
    }

    String says() {
        return "%s fails: %s".formatted(name, reason);
    }

    String todo() {
        return "Read its log: ./berth logs %s. Then mend it and deploy again, or go back: ./berth rollback %s"
                .formatted(name, name);
    }

    void print(PrintStream out) {
        out.println(says());
        out.println("  → " + todo());
    }
}
