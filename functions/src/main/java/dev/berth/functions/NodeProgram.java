package dev.berth.functions;

import dev.berth.core.FunctionError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether this machine can run functions at all: {@code node} in the server's {@code PATH}, new enough. */
final class NodeProgram {
    private static final int LEAST_MAJOR = 20;
    private static final int ANSWER_SECONDS = 10;
    private static final Pattern VERSION = Pattern.compile("v([0-9]+)\\..*");

    private final String program;
    private volatile boolean found;

    NodeProgram(String program) {
        this.program = program;
    }

    /**
     * Blocks at the first time; asks again for as long as there is none.
     *
     * @throws InvocationFailure {@code PLATFORM_FAILED}
     */
    void require() {
        if (found) {
            return;
        }
        String version = version();
        Matcher matcher = VERSION.matcher(version);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) < LEAST_MAJOR) {
            throw missing("`%s --version` says `%s` (expected: v%d or newer)".formatted(program, version, LEAST_MAJOR));
        }
        found = true;
    }

    private String version() {
        try {
            Process process = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw missing("`%s --version` does not answer".formatted(program));
            }
            return new String(process.getInputStream().readNBytes(100), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw missing("there is no program `%s` in PATH".formatted(program));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InvocationFailure(FunctionError.PLATFORM_FAILED, "the server stops", e);
        }
    }

    private static InvocationFailure missing(String what) {
        return new InvocationFailure(
                FunctionError.PLATFORM_FAILED,
                "functions need Node.js %d or newer: %s. Install it on the server's machine."
                        .formatted(LEAST_MAJOR, what));
    }
}
