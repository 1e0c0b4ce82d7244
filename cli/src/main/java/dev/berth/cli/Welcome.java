package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.server.BerthServer;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code berth up} says when everything is ready. */
final class Welcome {
    private final Shell shell;
    private final BerthServer server;
    private final UpEnvironment environment;
    private final List<UpPath> deployed;
    private final List<UpPath> refused;
    private final boolean watching;

    /**
     * @param environment that they came into
     * @param deployed what came with this start
     * @param refused those that were to come, and why not is said already
     * @param watching whether functions are deployed again when they were saved
     */
    Welcome(
            Shell shell,
            BerthServer server,
            UpEnvironment environment,
            List<UpPath> deployed,
            List<UpPath> refused,
            boolean watching) {
        this.shell = shell;
        this.server = server;
        this.environment = environment;
        this.deployed = deployed;
        this.refused = refused;
        this.watching = watching;
    }

    void print(boolean json, long millis) {
        JsonObject description =
                server.description().copy().put("app", environment.app()).put("environment", environment.id());
        if (json) {
            shell.out().println(description.encode());
            if (!refused.isEmpty()) {
                shell.err().println(ending());
            }
        } else {
            printText(description, millis);
        }
        if (Boolean.getBoolean("berth.detached")) {
            shell.out().println(refused.isEmpty() ? DetachedServer.READY_MARK : DetachedServer.PARTLY_MARK);
        }
        shell.out().flush();
    }

    private void printText(JsonObject description, long millis) {
        PrintStream out = shell.out();
        JsonObject doors = description.getJsonObject("doors");
        out.printf("%nBerth 云泊 %s is up, after %d ms.%n%n", description.getString("version"), millis);
        out.printf(
                "  gateway     %s   wx.cloud.callContainer, for app %s, env %s%n",
                doors.getString("gateway"), environment.app(), environment.id());
        out.printf("  management  %s   API, for the berth command%n", doors.getString("management"));
        out.printf("  simulator   %s   WeChat, offline%n", doors.getString("simulator"));
        out.printf("  data        %s%n%n", description.getString("data"));
        printUsers(out, environment.app());
        out.printf("  Open in a browser:  %s/__berth__/examples/%n", doors.getString("gateway"));
        deployed.stream()
                .flatMap(path -> path.calls(shell, environment).stream())
                .forEach(call -> out.printf("  Call from a shell:  %s%n", call));
        printWatched(out);
        out.printf("  Deploy your own:    ./berth deploy PATH%s%n%n", environment.option());
        out.println(ending());
    }

    private String ending() {
        boolean detached = Boolean.getBoolean("berth.detached");
        if (refused.isEmpty()) {
            return detached ? "Stop it with: ./berth down" : "Ctrl-C stops everything that runs here.";
        }
        return "Not deployed: %s (why is said above). Berth is up without %s; %s"
                .formatted(
                        refused.stream()
                                .map(path -> (path.isMany() ? "some of " : "") + path.given())
                                .collect(Collectors.joining(", ")),
                        refused.size() == 1 ? "it" : "them",
                        detached ? "stop it with: ./berth down" : "Ctrl-C stops everything that runs here.");
    }

    private void printWatched(PrintStream out) {
        String watched = Stream.concat(deployed.stream(), refused.stream())
                .filter(path -> path.functions().isPresent())
                .map(path -> path.given().toString())
                .collect(Collectors.joining(", "));
        if (watching && !watched.isEmpty()) {
            out.printf("  Deploys on save:    %s%n", watched);
        }
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
