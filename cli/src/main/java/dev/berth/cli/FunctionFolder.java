package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.artifacts.JsonFile;
import dev.berth.artifacts.PackageJson;
import dev.berth.core.BerthException;
import dev.berth.core.FunctionSettings;
import dev.berth.core.Names;
import dev.berth.functions.HandlerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A folder that is a cloud function, and its name. */
record FunctionFolder(String name, Path folder) {
    private static final String CONFIG = "config.json";

    /** @throws BerthException {@code INVALID_FUNCTION_NAME} */
    FunctionFolder {
        Names.requireFunctionName(name);
    }

    /** Whether the file that {@code config.json} names as handler is there, or else {@code index.js}. */
    static boolean hasHandler(Path folder) {
        return HandlerFile.isIn(folder, config(folder).path("handler").asText(FunctionSettings.DEFAULT_HANDLER));
    }

    /** For people, of a folder whose handler is missing: what of it could become a function, and how. */
    static String whyNone(Path folder) {
        if (Files.exists(folder.resolve("index.ts"))) {
            return "it has no index.js; compile its index.ts to JavaScript";
        }
        String main = json(folder.resolve("package.json")).path("main").asText();
        String module = main.replaceFirst("^\\./", "").replaceFirst("\\.[cm]?js$", "");
        return Files.isRegularFile(folder.resolve(main)) && HandlerFile.isIn(folder, module + ".main")
                ? "it has no index.js, and main of package.json has no effect; its config.json may say \"handler\": \"%s.main\""
                        .formatted(module)
                : "it has no index.js";
    }

    /** Whether nothing else than a function is meant, wherever the folder lies: a service says how it starts. */
    static boolean isOne(Path folder) {
        JsonNode config = config(folder);
        JsonNode npm = json(folder.resolve("package.json"));
        boolean asksForCloud = config.has("permissions")
                || config.has("triggers")
                || npm.path("dependencies").has("wx-server-sdk");
        return asksForCloud && hasHandler(folder) && !npm.path("scripts").has("start") && !isService(folder);
    }

    /** Whether a file is there that only a service has. */
    static boolean isService(Path folder) {
        return Files.exists(folder.resolve("Dockerfile")) || Files.exists(folder.resolve("container.config.json"));
    }

    /**
     * What is to be sent. Without {@code node_modules} where the server installs them, as WeChat DevTools does
     * (云端安装依赖); with them if nothing is to be installed, or if no dependencies are named.
     *
     * @throws BerthException as {@link FolderListing#of}, or {@code PACKAGE_JSON_INVALID}
     */
    List<FolderEntry> entries(boolean noInstall) {
        boolean installs =
                !noInstall && config(folder).path("installDependency").asBoolean(true);
        return installs && hasDependencies()
                ? FolderListing.without(Set.of("node_modules"), folder)
                : FolderListing.of(folder);
    }

    private boolean hasDependencies() {
        try {
            return PackageJson.read(folder).map(PackageJson::hasDependencies).orElse(false);
        } catch (IOException unreadable) {
            throw FolderListing.unreadable(folder, unreadable);
        }
    }

    private static JsonNode config(Path folder) {
        return json(folder.resolve(CONFIG));
    }

    /** Nothing if it cannot be read: the server tells what is wrong with it. */
    private static JsonNode json(Path file) {
        try {
            return Files.isRegularFile(file)
                    ? JsonFile.MAPPER.readTree(Files.readAllBytes(file))
                    : JsonFile.MAPPER.missingNode();
        } catch (IOException unreadable) {
            return JsonFile.MAPPER.missingNode();
        }
    }
}
