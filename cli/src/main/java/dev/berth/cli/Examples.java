package dev.berth.cli;

import dev.berth.gateway.Page;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The examples that come with a working copy of Berth ({@code -Dberth.home}); none without one. */
final class Examples {
    private static final String BELOW = "/__berth__/examples/";

    private Examples() {}

    static List<Path> services() {
        return Stream.of("whoami", "counter")
                .map(name -> home().resolve("examples").resolve(name))
                .filter(Files::isDirectory)
                .toList();
    }

    /** What {@code up} deploys when nothing is named. */
    static List<Path> all() {
        return Stream.concat(services().stream(), functions().stream()).toList();
    }

    /** The folder of the functions among them. */
    static Optional<Path> functions() {
        return Optional.of(home().resolve("examples/cloudfunctions")).filter(Files::isDirectory);
    }

    /** What to type to call a service; of the examples, what shows something. */
    static String callOf(String service) {
        return switch (service) {
            case "whoami" -> "./berth call whoami '/hello?x=1' --as alice";
            case "counter" -> "./berth call counter /api/count -d '{\"action\":\"inc\"}'";
            default -> "./berth call %s / --as alice".formatted(service);
        };
    }

    /** What to type to call a function; of the example, what shows something. */
    static String invocationOf(String function) {
        String event = function.equals("greet") ? "{\"name\":\"Berth\"}" : "{}";
        return "./berth invoke %s -d '%s' --as alice".formatted(function, event);
    }

    /**
     * @param description of the server, which the page needs to find the simulator
     * @param environment that the page calls; the server's own if empty
     */
    static Map<String, Page> pages(JsonObject description, Optional<String> environment) {
        Path page = home().resolve("examples/page");
        if (!Files.isDirectory(page) || !description.getBoolean("simulator")) {
            return Map.of();
        }
        Map<String, Page> pages = new HashMap<>();
        add(pages, "", "text/html; charset=utf-8", page.resolve("index.html"));
        add(pages, "page.js", "text/javascript; charset=utf-8", page.resolve("page.js"));
        add(pages, "page.css", "text/css; charset=utf-8", page.resolve("page.css"));
        add(
                pages,
                "berth.global.js",
                "text/javascript; charset=utf-8",
                home().resolve("client-js/dist/berth.global.js"));
        JsonObject config = new JsonObject()
                .put("app", description.getString("app"))
                .put("environment", environment.orElseGet(() -> description.getString("environment")))
                .put("simulator", description.getJsonObject("doors").getString("simulator"));
        pages.put(
                BELOW + "config.json",
                new Page("application/json", config.encode().getBytes(StandardCharsets.UTF_8)));
        return Map.copyOf(pages);
    }

    private static void add(Map<String, Page> pages, String name, String contentType, Path file) {
        try {
            if (Files.exists(file)) {
                pages.put(BELOW + name, new Page(contentType, Files.readAllBytes(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path home() {
        return Path.of(System.getProperty("berth.home", ""));
    }
}
