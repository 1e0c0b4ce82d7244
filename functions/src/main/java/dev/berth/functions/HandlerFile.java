package dev.berth.functions;

import dev.berth.core.BerthException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file that a handler names (HO-58), looked for as the hosts do. */
public final class HandlerFile {
    private HandlerFile() {}

    /** @param handler module and export, such as {@code index.main} */
    public static boolean isIn(Path folder, String handler) {
        return names(handler).stream().anyMatch(name -> Files.isRegularFile(folder.resolve(name)));
    }

    /**
     * @param handler module and export, such as {@code index.main}
     * @throws BerthException {@code HANDLER_MISSING} if the folder has no such file
     */
    static void require(Path folder, String handler) {
        if (!isIn(folder, handler)) {
            List<String> names = names(handler);
            throw Refused.because(
                    "HANDLER_MISSING",
                    "%s is missing in the function's folder (looked for %s)"
                            .formatted(names.getFirst(), String.join(", ", names)),
                    Files.exists(folder.resolve(module(handler) + ".ts"))
                            ? "Compile %s.ts to JavaScript, and deploy again.".formatted(module(handler))
                            : "Deploy the folder that has %s, or name another file as handler in config.json."
                                    .formatted(names.getFirst()));
        }
    }

    private static List<String> names(String handler) {
        String module = module(handler);
        return List.of(module + ".js", module + ".cjs", module + ".mjs", module + "/index.js");
    }

    private static String module(String handler) {
        return handler.substring(0, Math.max(0, handler.lastIndexOf('.')));
    }
}
