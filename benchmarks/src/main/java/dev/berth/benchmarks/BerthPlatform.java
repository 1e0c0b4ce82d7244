package dev.berth.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The packaged platform, started as a user would, on free ports, in a folder of its own. */
final class BerthPlatform implements AutoCloseable {
    private final Path folder;
    private final JsonNode description;
    private final String session;

    private BerthPlatform(Path folder, JsonNode description, String session) {
        this.folder = folder;
        this.description = description;
        this.session = session;
    }

    /** @param service the folder to deploy */
    static BerthPlatform start(Path folder, Path service) throws IOException, InterruptedException {
        ObjectMapper json = new ObjectMapper();
        String printed = berth(folder, "up", "--detach", "--json", service.toString());
        JsonNode description = json.readTree(printed.substring(printed.lastIndexOf("{\"version\"")));
        HttpRequest signIn = HttpRequest.newBuilder(
                        URI.create(description.at("/doors/management").asText() + "/api/v1/sessions"))
                .header(
                        "Authorization",
                        "Bearer " + Files.readString(folder.resolve("token")).strip())
                .POST(HttpRequest.BodyPublishers.ofString("{\"user\":\"alice\"}"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String answer =
                    client.send(signIn, HttpResponse.BodyHandlers.ofString()).body();
            return new BerthPlatform(
                    folder, description, json.readTree(answer).path("session").asText());
        }
    }

    String url() {
        return description.at("/doors/gateway").asText() + "/";
    }

    /** What a call of the native channel carries (CH-113). */
    Map<String, String> headers(String service) {
        return Map.of(
                "X-WX-ENV", description.path("environment").asText(),
                "X-WX-SERVICE", service,
                "X-Berth-Session", session);
    }

    CpuClock cpu() {
        return CpuClock.of(description.path("pid").asLong());
    }

    private static String berth(Path data, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("berth.home") + "/berth"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        "BERTH_DATA", data.toString(),
                        "BERTH_GATEWAY_PORT", "0",
                        "BERTH_MANAGEMENT_PORT", "0",
                        "BERTH_SIMULATOR_PORT", "0"));
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("berth " + String.join(" ", arguments) + " failed");
        }
        return printed;
    }

    @Override
    public void close() throws IOException {
        try {
            berth(folder, "down");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
