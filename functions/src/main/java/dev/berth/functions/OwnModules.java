package dev.berth.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.artifacts.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds what makes npm look at the folder of the function itself: its modules cannot be shared then. */
final class OwnModules {
    private static final List<String> SCRIPTS =
            List.of("preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare");
    private static final List<String> DEPENDENCIES =
            List.of("dependencies", "optionalDependencies", "devDependencies", "peerDependencies", "overrides");

    /** As npm-package-arg tells a path from a version. */
    private static final Pattern LOCAL = Pattern.compile(
            "(file:|link:|workspace:|\\.{0,2}[/\\\\]|~[/\\\\]|\\.\\.?$|[A-Za-z]:[/\\\\]).*|(?!.*://).*\\.(tgz|tar\\.gz|tar)");

    private static final Pattern OUTSIDE = Pattern.compile("(file:|link:)?(\\./)*(\\.\\.($|/)|/|~/).*");

    private OwnModules() {}

    /**
     * For people.
     *
     * @param folder has a {@code package.json}, which was read before without fault
     */
    static Optional<String> reason(Path folder) throws IOException {
        JsonNode json = JsonFile.MAPPER.readTree(Files.readAllBytes(folder.resolve("package.json")));
        if (json.has("workspaces")) {
            return Optional.of("package.json has workspaces");
        }
        if (Files.exists(folder.resolve("binding.gyp"))) {
            return Optional.of("binding.gyp is to be built");
        }
        Optional<String> script = SCRIPTS.stream()
                .filter(name -> json.path("scripts").has(name))
                .map("package.json has the script %s"::formatted)
                .findFirst();
        return script.or(() -> DEPENDENCIES.stream()
                .flatMap(kind -> texts(json.path(kind)))
                .filter(text -> LOCAL.matcher(text).matches())
                .map(OwnModules::ofLocal)
                .findFirst());
    }

    private static String ofLocal(String dependency) {
        String depends = "package.json depends on the local " + dependency;
        return OUTSIDE.matcher(dependency).matches()
                ? depends + ", which is outside of the function's folder and therefore not sent, as on WeChat"
                : depends;
    }

    private static Stream<String> texts(JsonNode json) {
        return json.isTextual() ? Stream.of(json.asText()) : json.valueStream().flatMap(OwnModules::texts);
    }
}
