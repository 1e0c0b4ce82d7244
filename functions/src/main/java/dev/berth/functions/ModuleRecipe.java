package dev.berth.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.artifacts.ContentDigest;
import dev.berth.artifacts.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What npm makes a {@code node_modules} out of, without what makes no difference to it, such as the name of the function:
 * functions with equal recipes can share the result.
 *
 * @param files by name, as npm is to find them
 */
record ModuleRecipe(Map<String, String> files) {
    private static final String PACKAGE = "package.json";
    private static final List<String> LOCKS = List.of("package-lock.json", "npm-shrinkwrap.json");
    private static final List<String> OTHERS = List.of("yarn.lock", ".npmrc");
    private static final List<String> NAMES = List.of("name", "version", "license");
    private static final List<String> PARTS = List.of(
            "dependencies",
            "optionalDependencies",
            "peerDependencies",
            "peerDependenciesMeta",
            "bundleDependencies",
            "bundledDependencies",
            "overrides",
            "engines",
            "devEngines",
            "os",
            "cpu",
            "libc",
            "allowScripts");

    ModuleRecipe {
        files = Map.copyOf(files);
    }

    /** @param folder has a {@code package.json}, which was read before without fault */
    static ModuleRecipe of(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (String name : LOCKS) {
            Optional<String> lock = text(folder, name);
            if (lock.isPresent()) {
                files.put(name, withoutNames(lock.get()));
            }
        }
        boolean locked = !files.isEmpty();
        for (String name : OTHERS) {
            text(folder, name).ifPresent(content -> files.put(name, content));
        }
        JsonNode json = JsonFile.MAPPER.readTree(text(folder, PACKAGE).orElseThrow());
        ObjectNode parts = JsonFile.MAPPER.createObjectNode();
        PARTS.stream().filter(json::has).forEach(part -> parts.set(part, json.get(part)));
        if (locked && json.has("devDependencies")) { // npm ci compares them with the lock
            parts.set("devDependencies", json.get("devDependencies"));
        }
        files.put(PACKAGE, parts.toString());
        return new ModuleRecipe(files);
    }

    /** In hex; equal for equal recipes in the same surroundings. */
    String key(NpmSurroundings surroundings) throws IOException {
        ContentDigest digest = new ContentDigest().map(files);
        surroundings.addTo(digest);
        return digest.hex();
    }

    void write(Path folder) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    /** What npm or its scripts made in a folder beside this recipe and {@code node_modules}. */
    boolean isAllIn(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .allMatch(name -> name.equals("node_modules") || LOCKS.contains(name) || files.containsKey(name));
        }
    }

    private static String withoutNames(String lock) {
        try {
            if (JsonFile.MAPPER.readTree(lock) instanceof ObjectNode json) {
                json.remove(NAMES);
                if (json.path("packages").path("") instanceof ObjectNode own) {
                    own.remove(NAMES);
                }
                return json.toString();
            }
            return lock;
        } catch (IOException e) {
            return lock; // npm says best what is wrong with it
        }
    }

    private static Optional<String> text(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }
}
