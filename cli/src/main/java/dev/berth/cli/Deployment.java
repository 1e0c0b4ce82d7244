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
import java.util.function.Consumer;

/**
 * One deployment on its way: the folder goes out as it is packed, progress is told as it comes back.
 *
 * @param progress is told line by line
 */
record Deployment(ManagementApi api, Consumer<String> progress) {

    /**
     * @return the last thing the server says, which has {@code deployed}
     * @throws BerthException if nothing was deployed
     */
    JsonNode send(ApiPath versions, List<FolderEntry> entries) {
        try (InputStream tar = PackingStream.of(entries);
                BufferedReader answer = new BufferedReader(new InputStreamReader(
                        api.stream(versions, "application/x-tar", BodyPublishers.ofInputStream(() -> tar)),
                        StandardCharsets.UTF_8))) {
            return end(answer);
        } catch (IOException broken) {
            throw Http.broken(api.server().management(), broken);
        }
    }

    private JsonNode end(BufferedReader answer) throws IOException {
        for (String line = answer.readLine(); line != null; line = answer.readLine()) {
            JsonNode event = Json.readOrMissing(line);
            if (event.has("error")) {
                throw new BerthException(ManagementApi.problem(event.path("error")));
            }
            if (event.has("deployed")) {
                return event;
            }
            if (event.has("progress")) {
                progress.accept(event.path("progress").asText());
            }
        }
        throw new BerthException(new Problem(
                "DEPLOYMENT_UNFINISHED",
                "cli",
                "The server's answer ended before the deployment did",
                "See whether the server still runs (./berth status), and deploy again."));
    }
}
