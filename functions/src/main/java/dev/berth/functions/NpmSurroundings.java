package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.artifacts.ContentDigest;
import dev.berth.core.BerthException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What besides a function's own files decides what npm installs for it: Node.js, for compiled packages fit one of its
 * releases, and npm's configuration of this user. Thread-safe.
 */
final class NpmSurroundings {
    private static final String ABI = "[process.versions.modules, process.platform, process.arch].join('-')";

    private final String node;
    private final Map<String, String> environment;
    private @Nullable String abi;

    /**
     * @param node the program, looked up in {@code PATH}
     * @param environment of the server, which npm inherits
     */
    NpmSurroundings(String node, Map<String, String> environment) {
        this.node = node;
        this.environment = Map.copyOf(environment);
    }

    /** @throws BerthException {@code NODE_MISSING} */
    void addTo(ContentDigest digest) throws IOException {
        Map<String, String> settings = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith("npm_config_")) {
                settings.put(name.toLowerCase(Locale.ROOT), value);
            }
        });
        Path home = Path.of(environment.getOrDefault("HOME", "/"));
        Path file = home.resolve(settings.getOrDefault("npm_config_userconfig", ".npmrc"));
        digest.text(abi()).map(settings).text(Files.isRegularFile(file) ? Files.readString(file) : "");
    }

    /** Asked once: whoever changes Node.js starts the server anew. */
    private synchronized String abi() {
        if (abi == null) {
            abi = ask();
        }
        return abi;
    }

    private String ask() {
        try {
            Process process = new ProcessBuilder(node, "-p", ABI)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String answer = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            if (process.waitFor() != 0 || answer.isEmpty()) {
                throw missing("exit code " + process.exitValue());
            }
            return answer;
        } catch (IOException e) {
            throw missing(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw missing("interrupted");
        }
    }

    private static BerthException missing(String why) {
        return Refused.because(
                "NODE_MISSING",
                "Node.js does not run: %s (expected: 20 or newer)".formatted(why),
                "Install Node.js with npm where the server runs, and deploy again.");
    }
}
