package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import picocli.CommandLine.Command;

@Command(
        name = "status",
        header = "Show the running server: its doors, what it holds, and how far to trust it.",
        description = {"", "Exits with 1 when no server runs here.", ""},
        footer = {"", "Examples:", "  berth status", "  berth status --json | jq -r .doors.gateway"})
final class StatusCommand extends ServerCommand {
    StatusCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(ManagementApi api) {
        JsonNode status = api.get(ApiPath.of("status"));
        if (json()) {
            return print(status, "");
        }
        PrintStream out = shell().out();
        out.println("Berth %s runs here: pid %d, up %s, simulator %s"
                .formatted(
                        status.path("version").asText("?"),
                        status.path("pid").asLong(),
                        uptime(Duration.ofMillis(status.path("uptimeMillis").asLong())),
                        status.path("simulator").asBoolean() ? "on" : "off"));
        status.path("doors").properties().forEach(door -> line(out, door.getKey(), door.getValue()));
        line(out, "app", status.path("app"));
        line(out, "environment", status.path("environment"));
        line(out, "data", status.path("data"));
        out.println("Holds: %s, %s, %s, %s"
                .formatted(
                        count(status.path("apps"), "app"),
                        count(status.path("services"), "service"),
                        count(status.path("instances"), "running instance"),
                        count(status.path("functions"), "function")));
        FailingService.all(api, status.path("environment").asText()).forEach(failing -> failing.print(out));
        out.println("Cloud call works " + Table.cell(status.path("cloudCall").path("reason")));
        out.println("Trust: " + Table.cell(status.path("trust")));
        return ExitCode.OK;
    }

    private static void line(PrintStream out, String name, JsonNode value) {
        out.println("  %-12s %s".formatted(name, Table.cell(value)));
    }

    private static String count(JsonNode number, String noun) {
        return number.asLong() == 1 ? "1 " + noun : number.asLong() + " " + noun + "s";
    }

    private static String uptime(Duration time) {
        if (time.toMinutes() < 1) {
            return time.toSeconds() + " s";
        }
        return time.toHours() < 1
                ? "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart())
                : "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
    }
}
