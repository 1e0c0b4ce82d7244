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
import java.util.concurrent.TimeUnit;

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

    /** @param services the folders to deploy */
    static BerthPlatform start(Path folder, Path... services) throws IOException, InterruptedException {
        return start(folder, Map.of(), services);
    }

    /** @param configuration further variables of the server's environment, such as {@code BERTH_WECHAT_BASE_URL} */
    static BerthPlatform start(Path folder, Map<String, String> configuration, Path... services)
            throws IOException, InterruptedException {
        ObjectMapper json = new ObjectMapper();
        List<String> up = new ArrayList<>(List.of("up", "--detach", "--json"));
        for (Path service : services) {
            up.add(service.toString());
        }
        String printed = berth(folder, configuration, up.toArray(String[]::new));
        JsonNode description = json.readTree(printed.substring(printed.lastIndexOf("{\"version\"")));
        BerthPlatform platform = new BerthPlatform(folder, description, "");
        HttpRequest.Builder signIn =
                HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString("{\"user\":\"alice\"}"));
        String session =
                platform.management(signIn, "/api/v1/sessions").path("session").asText();
        return new BerthPlatform(folder, description, session);
    }

    private JsonNode management(HttpRequest.Builder request, String path) throws IOException, InterruptedException {
        request.uri(URI.create(description.at("/doors/management").asText() + path))
                .header(
                        "Authorization",
                        "Bearer " + Files.readString(folder.resolve("token")).strip());
        try (HttpClient client = HttpClient.newHttpClient()) {
            return new ObjectMapper()
                    .readTree(client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                            .body());
        }
    }

    /** Asks the management API; the path is below that of the environment. */
    JsonNode environment(String path) throws IOException, InterruptedException {
        return management(
                HttpRequest.newBuilder(),
                "/api/v1/environments/" + description.path("environment").asText() + path);
    }

    /** What {@code wx.cloud.callFunction} asks, as a signed-in user. */
    Wrk.Load callFunction(String function, String data) {
        return Wrk.Load.json(
                url() + "__berth__/functions/" + function,
                Map.of("X-WX-ENV", description.path("environment").asText(), "X-Berth-Session", session),
                "{\"data\":" + data + "}");
    }

    String url() {
        return description.at("/doors/gateway").asText() + "/";
    }

    /** Base URL of the simulated WeChat. */
    URI simulator() {
        return URI.create(description.at("/doors/simulator").asText());
    }

    /** What a call of the native channel carries (CH-113). */
    Map<String, String> headers(String service) {
        return Map.of(
                "X-WX-ENV", description.path("environment").asText(),
                "X-WX-SERVICE", service,
                "X-Berth-Session", session);
    }

    /** A further command of the CLI, such as {@code deploy}; returns what it printed. */
    String berth(String... arguments) throws IOException, InterruptedException {
        return berth(folder, arguments);
    }

    /** Blocks until the service has no instance. */
    void awaitZero(String service) throws IOException, InterruptedException {
        String path = "/api/v1/environments/" + description.path("environment").asText() + "/services";
        for (int attempt = 0; attempt < 600; attempt++) {
            JsonNode services = management(HttpRequest.newBuilder(), path).path("services");
            for (JsonNode each : services) {
                if (each.path("name").asText().equals(service)
                        && each.path("instances").asInt() == 0) {
                    return;
                }
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IllegalStateException(service + " does not go to zero");
    }

    long pid() {
        return description.path("pid").asLong();
    }

    CpuClock cpu() {
        return CpuClock.of(pid());
    }

    private static String berth(Path data, String... arguments) throws IOException, InterruptedException {
        return berth(data, Map.of(), arguments);
    }

    private static String berth(Path data, Map<String, String> configuration, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("berth.home") + "/berth"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        "BERTH_DATA", data.toString(),
                        "BERTH_GATEWAY_PORT", "0",
                        "BERTH_MANAGEMENT_PORT", "0",
                        "BERTH_INWARD_PORT", "0",
                        "BERTH_SIMULATOR_PORT", "0"));
        builder.environment().putAll(configuration);
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
