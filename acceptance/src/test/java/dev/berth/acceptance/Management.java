package dev.berth.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The management API, as docs/management-api.md describes it. */
record Management(URI door, String token) {
    static final String SERVICES = "/environments/" + Caller.ENVIRONMENT + "/services";

    static Management of(Folder folder, URI door) {
        try {
            return new Management(
                    door, Files.readString(folder.seenData().resolve("token")).strip());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Answer get(String path) {
        return Caller.send(to(path).GET());
    }

    Answer put(String path, String json) {
        return Caller.send(to(path).PUT(BodyPublishers.ofString(json)));
    }

    Answer post(String path, String json) {
        return Caller.send(to(path).POST(BodyPublishers.ofString(json)));
    }

    Answer delete(String path) {
        return Caller.send(to(path).DELETE());
    }

    /** The last line of the answer: what was deployed, or the error. */
    JsonNode tryDeploy(String service, byte[] tar, String command, String... options) {
        String query = "command=" + URLEncoder.encode(command, StandardCharsets.UTF_8);
        for (String option : options) {
            query += "&" + option;
        }
        Answer answer = Caller.send(to(SERVICES + "/" + service + "/versions?" + query)
                .header("content-type", "application/x-tar")
                .POST(BodyPublishers.ofByteArray(tar)));
        return Json.parse(answer.body().lines().toList().getLast());
    }

    /** The name of the version. */
    String deploy(String service, byte[] tar, String command, String... options) {
        JsonNode last = tryDeploy(service, tar, command, options);
        String version = last.path("deployed").path("version").asText();
        if (version.isEmpty()) {
            throw new AssertionError(last.toString());
        }
        return version;
    }

    List<JsonNode> services() {
        JsonNode services = get(SERVICES).json().path("services");
        return StreamSupport.stream(services.spliterator(), false).toList();
    }

    /** Their names. */
    Set<String> versions(String service) {
        JsonNode versions = get(SERVICES + "/" + service + "/versions").json().path("versions");
        return StreamSupport.stream(versions.spliterator(), false)
                .map(version -> version.path("name").asText())
                .collect(Collectors.toSet());
    }

    JsonNode service(String name) {
        return services().stream()
                .filter(service -> service.path("name").asText().equals(name))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(door + "/api/v1" + path))
                .timeout(Duration.ofSeconds(60))
                .header("authorization", "Bearer " + token);
    }
}
