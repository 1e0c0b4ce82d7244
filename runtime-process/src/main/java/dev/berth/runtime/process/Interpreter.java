package dev.berth.runtime.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The first line of a script. A wrong one makes the system say of the script that it does not exist. */
final class Interpreter {
    private static final int LONGEST = 256;

    private Interpreter() {}

    /** @param name of the script, as the command has it */
    static void check(String name, Path script) {
        String line = firstLine(script);
        if (!line.startsWith("#!")) {
            return;
        }
        if (line.endsWith("\r")) {
            throw StartProblem.startFailed(
                    "`%s` has Windows line ends, which its interpreter takes for part of its own name".formatted(name),
                    "save it with LF line ends (`sed -i 's/\\r$//' %s`) and deploy again".formatted(name));
        }
        String interpreter = line.substring(2).strip().split("\\s", 2)[0];
        if (interpreter.startsWith("/") && !Files.isExecutable(Path.of(interpreter))) {
            throw StartProblem.startFailed(
                    "`%s` wants the interpreter %s, which is not there".formatted(name, interpreter),
                    "install it, or correct the first line of %s and deploy again".formatted(name));
        }
    }

    private static String firstLine(Path script) {
        try (InputStream file = Files.newInputStream(script)) {
            String begin = new String(file.readNBytes(LONGEST), StandardCharsets.ISO_8859_1);
            int end = begin.indexOf('\n');
            return end < 0 ? begin : begin.substring(0, end);
        } catch (IOException unreadable) {
            return "";
        }
    }
}
