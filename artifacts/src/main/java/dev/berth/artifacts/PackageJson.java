package dev.berth.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.BerthException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a {@code package.json} says about start and installation. */
public final class PackageJson {
    private final JsonNode json;

    private PackageJson(JsonNode json) {
        this.json = json;
    }

    /**
     * @return empty if there is none in the folder
     * @throws BerthException {@code PACKAGE_JSON_INVALID}, naming the line
     */
    public static Optional<PackageJson> read(Path folder) throws IOException {
        Path file = folder.resolve("package.json");
        return Files.isRegularFile(file)
                ? Optional.of(
                        new PackageJson(JsonFile.read(file, "PACKAGE_JSON_INVALID", "Correct the file and try again.")))
                : Optional.empty();
    }

    /** The command of {@code npm start}; without npm itself where that makes no difference, for npm is slow to start. */
    public Optional<List<String>> startCommand() {
        Optional<String> start = script("start");
        if (start.isEmpty()) {
            return Optional.empty();
        }
        if (script("prestart").isPresent() || script("poststart").isPresent()) {
            return Optional.of(List.of("npm", "start"));
        }
        return Optional.of(List.of("sh", "-c", withLocalPrograms(start.get())));
    }

    /** What npm tells a script, as far as programs are known to read it. */
    public Map<String, String> scriptVariables() {
        Map<String, String> variables = new TreeMap<>();
        variables.put("npm_lifecycle_event", "start");
        script("start").ifPresent(script -> variables.put("npm_lifecycle_script", script));
        for (String field : List.of("name", "version")) {
            String value = json.path(field).asText();
            if (!value.isEmpty()) {
                variables.put("npm_package_" + field, value);
            }
        }
        return variables;
    }

    /** Whether it runs with other packages; those for development do not count. */
    public boolean hasDependencies() {
        return !json.path("dependencies").isEmpty()
                || !json.path("optionalDependencies").isEmpty();
    }

    private Optional<String> script(String name) {
        String script = json.path("scripts").path(name).asText().strip();
        return script.isEmpty() ? Optional.empty() : Optional.of(script);
    }

    /** As npm does: programs that dependencies bring come first. A plain {@code node …} needs none. */
    private static String withLocalPrograms(String script) {
        return script.startsWith("node ") ? script : "export PATH=\"$PWD/node_modules/.bin:$PATH\"; " + script;
    }
}
