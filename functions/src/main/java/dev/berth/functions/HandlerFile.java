package dev.berth.functions;

import dev.berth.core.BerthException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file that a handler names (HO-58), looked for as the hosts do. */
final class HandlerFile {
    private HandlerFile() {}

    /**
     * @param handler module and export, such as {@code index.main}
     * @throws BerthException {@code HANDLER_MISSING} if the folder has no such file
     */
    static void require(Path folder, String handler) {
        String module = handler.substring(0, handler.lastIndexOf('.'));
        List<String> names = List.of(module + ".js", module + ".cjs", module + ".mjs", module + "/index.js");
        if (names.stream().noneMatch(name -> Files.isRegularFile(folder.resolve(name)))) {
            throw Refused.because(
                    "HANDLER_MISSING",
                    "%s is missing in the function's folder (looked for %s)"
                            .formatted(names.getFirst(), String.join(", ", names)),
                    Files.exists(folder.resolve(module + ".ts"))
                            ? "Compile %s.ts to JavaScript, and deploy again.".formatted(module)
                            : "Deploy the folder that has %s, or name another file as handler in config.json."
                                    .formatted(names.getFirst()));
        }
    }
}
