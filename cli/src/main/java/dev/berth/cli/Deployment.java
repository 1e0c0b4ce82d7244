package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One deployment on its way: the folder goes out as it is packed, progress is told as it comes back. */
record Deployment(Shell shell, boolean json) {

    /** @return {@link ExitCode#OK}, for every failure is thrown */
    int send(ManagementApi api, ApiPath versions, List<FolderEntry> entries) {
        try (InputStream tar = PackingStream.of(entries);
                BufferedReader answer = new BufferedReader(new InputStreamReader(
                        api.stream(versions, "application/x-tar", BodyPublishers.ofInputStream(() -> tar)),
                        StandardCharsets.UTF_8))) {
            return tell(answer);
        } catch (IOException broken) {
            throw Http.broken(api.server().management(), broken);
        }
    }

    private int tell(BufferedReader answer) throws IOException {
        for (String line = answer.readLine(); line != null; line = answer.readLine()) {
            JsonNode event = Json.readOrMissing(line);
            if (event.has("error")) {
                throw new BerthException(ManagementApi.problem(event.path("error")));
            }
            if (event.has("deployed")) {
                return tellDeployed(event);
            }
            if (event.has("progress") && !json) {
                shell.out().println(event.path("progress").asText());
            }
        }
        throw new BerthException(new Problem(
                "DEPLOYMENT_UNFINISHED",
                "cli",
                "The server's answer ended before the deployment did",
                "See whether the server still runs (./berth status), and deploy again."));
    }

    private int tellDeployed(JsonNode event) {
        JsonNode deployed = event.path("deployed");
        String version = deployed.path("version").asText();
        String sentence = deployed.path("changed").asBoolean()
                ? "%s deployed (%s, from %s)"
                        .formatted(
                                version,
                                deployed.path("launch").asText(),
                                deployed.path("origin").asText())
                : "unchanged: still " + version;
        shell.out().println(json ? event.toString() : sentence);
        return ExitCode.OK;
    }
}
