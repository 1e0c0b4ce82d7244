package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/** An invocation that a debugger looks into: says how to attach one, waits, and prints what came of it. */
record Inspection(Shell shell, InvocationPrinter printer, String function, boolean json) {

    int run(ManagementApi api, ApiPath inspections, String event) {
        try (BufferedReader answer = new BufferedReader(new InputStreamReader(
                api.stream(inspections, "application/json", BodyPublishers.ofString(event)), StandardCharsets.UTF_8))) {
            return tell(answer);
        } catch (IOException broken) {
            throw Http.broken(api.server().management(), broken);
        }
    }

    private int tell(BufferedReader answer) throws IOException {
        for (String line = answer.readLine(); line != null; line = answer.readLine()) {
            JsonNode said = Json.readOrMissing(line);
            if (said.has("error")) {
                throw new BerthException(ManagementApi.problem(said.path("error")));
            }
            if (said.has("finished")) {
                if (!json) {
                    printer.printLog(said.path("finished"));
                }
                return printer.print(said.path("finished"), json);
            }
            if (said.has("inspecting")) {
                tellHow(said);
            }
        }
        throw new BerthException(new Problem(
                "INSPECTION_UNFINISHED",
                "cli",
                "The server's answer ended before the function did",
                "See whether the server still runs (./berth status), and what the function wrote: ./berth logs "
                        + function));
    }

    private void tellHow(JsonNode said) {
        if (json) {
            shell.out().println(said);
            shell.out().flush();
            return;
        }
        JsonNode inspecting = said.path("inspecting");
        URI url = URI.create(inspecting.path("url").asText());
        PrintStream err = shell.err();
        err.println("%s waits for a debugger at %s".formatted(function, url));
        err.println();
        err.println(
                "VS Code: put this into \"configurations\" of .vscode/launch.json, and start it with F5. localRoot is the "
                        + "folder of the function.");
        err.println(
                Json.indented(launchConfiguration(url, inspecting.path("files").asText()))
                        .indent(2)
                        .stripTrailing());
        err.println("Chrome: open chrome://inspect, add %s:%d with Configure if it is not listed, and press inspect."
                .formatted(url.getHost(), url.getPort()));
        err.println(
                "The function runs once a debugger is attached; it stops at breakpoints and at a line \"debugger\". "
                        + "Ctrl-C ends it.");
        err.flush();
    }

    private JsonNode launchConfiguration(URI url, String files) {
        return Json.object()
                .put("type", "node")
                .put("request", "attach")
                .put("name", "berth invoke " + function)
                .put("address", url.getHost())
                .put("port", url.getPort())
                .put("localRoot", shell.folder().toString())
                .put("remoteRoot", files);
    }
}
