package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.server.BerthServer;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code berth up} says when everything is ready. */
final class Welcome {
    private final Shell shell;
    private final BerthServer server;
    private final List<Path> deployed;
    private final List<Path> refused;

    /**
     * @param deployed the folders of services that came with this start
     * @param refused those that were to come, and why not is said already
     */
    Welcome(Shell shell, BerthServer server, List<Path> deployed, List<Path> refused) {
        this.shell = shell;
        this.server = server;
        this.deployed = deployed;
        this.refused = refused;
    }

    void print(boolean json, long millis) {
        JsonObject description = server.description();
        if (json) {
            shell.out().println(description.encode());
            if (!refused.isEmpty()) {
                shell.err().println(ending());
            }
        } else {
            printText(description, millis);
        }
        if (Boolean.getBoolean("berth.detached")) {
            shell.out().print(refused.isEmpty() ? DetachedServer.READY_MARK : DetachedServer.PARTLY_MARK);
        }
        shell.out().flush();
    }

    private void printText(JsonObject description, long millis) {
        PrintStream out = shell.out();
        JsonObject doors = description.getJsonObject("doors");
        out.printf("%nBerth 云泊 %s is up, after %d ms.%n%n", description.getString("version"), millis);
        out.printf(
                "  gateway     %s   wx.cloud.callContainer, for app %s, env %s%n",
                doors.getString("gateway"), description.getString("app"), description.getString("environment"));
        out.printf("  management  %s   API, for the berth command%n", doors.getString("management"));
        out.printf("  simulator   %s   WeChat, offline%n", doors.getString("simulator"));
        out.printf("  data        %s%n%n", description.getString("data"));
        printUsers(out, description.getString("app"));
        out.printf("  Open in a browser:  %s/__berth__/examples/%n", doors.getString("gateway"));
        deployed.forEach(folder -> out.printf("  Call from a shell:  %s%n", Examples.callOf(nameOf(folder))));
        out.printf("  Deploy your own:    ./berth deploy PATH%n%n");
        out.println(ending());
    }

    private String ending() {
        boolean detached = Boolean.getBoolean("berth.detached");
        if (refused.isEmpty()) {
            return detached ? "Stop it with: ./berth down" : "Ctrl-C stops everything that runs here.";
        }
        return "Not deployed: %s (why is said above). Berth is up without %s; %s"
                .formatted(
                        refused.stream().map(Path::toString).collect(Collectors.joining(", ")),
                        refused.size() == 1 ? "it" : "them",
                        detached ? "stop it with: ./berth down" : "Ctrl-C stops everything that runs here.");
    }

    private String nameOf(Path folder) {
        return String.valueOf(shell.folder().resolve(folder).normalize().getFileName());
    }

    private void printUsers(PrintStream out, String app) {
        Shell here = shell.withVariable("BERTH_DATA", server.description().getString("data"));
        JsonNode users = new ManagementApi(RunningServer.require(here), new Http())
                .get(ApiPath.of("users"))
                .path("users");
        users.forEach(user -> out.printf(
                "  %-10s  openid %s%n",
                user.path("name").asText(), user.path("openids").path(app).asText()));
        out.println();
    }
}
