package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.server.BerthServer;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.util.List;

/** What {@code berth up} says when everything is ready. */
final class Welcome {
    private final Shell shell;
    private final BerthServer server;
    private final List<String> deployed;

    /** @param deployed the services that came with this start */
    Welcome(Shell shell, BerthServer server, List<String> deployed) {
        this.shell = shell;
        this.server = server;
        this.deployed = deployed;
    }

    void print(boolean json, long millis) {
        JsonObject description = server.description();
        if (json) {
            shell.out().println(description.encode());
        } else {
            printText(description, millis);
        }
        if (Boolean.getBoolean("berth.detached")) {
            shell.out().print(DetachedServer.READY_MARK);
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
        deployed.forEach(service -> out.printf("  Call from a shell:  %s%n", Examples.callOf(service)));
        out.printf("  Deploy your own:    ./berth deploy PATH%n%n");
        out.println(
                Boolean.getBoolean("berth.detached")
                        ? "Stop it with: ./berth down"
                        : "Ctrl-C stops everything that runs here.");
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
