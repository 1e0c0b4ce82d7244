package dev.berth.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A command typed into a shell, and what came of it. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Typed(int exitCode, byte[] bytes, String err) {

    static Typed in(Path folder, String... args) {
        return in(folder, Map.of(), "", args);
    }

    static Typed in(Path folder, Map<String, String> environment, String stdin, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Shell shell = new Shell(
                folder,
                environment,
                new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        int exitCode = Main.run(shell, args);
        return new Typed(exitCode, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }

    /** A shell in that folder that nobody types into. */
    static Shell shell(Path folder) {
        return new Shell(folder, Map.of(), InputStream.nullInputStream(), System.out, System.err);
    }

    String out() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
