package dev.berth.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a command was typed.
 *
 * @param folder the current folder, absolute
 * @param environment the environment variables
 * @param out flushes at the end of a line; UTF-8, whatever the locale says
 */
public record Shell(Path folder, Map<String, String> environment, InputStream in, PrintStream out, PrintStream err) {

    /** The shell that started this process. */
    public static Shell ofThisProcess() {
        return new Shell(
                Path.of("").toAbsolutePath(),
                System.getenv(),
                System.in,
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err));
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** The same shell with one more environment variable. */
    Shell withVariable(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new Shell(folder, Map.copyOf(more), in, out, err);
    }

    Shell withOutput(PrintStream other) {
        return new Shell(folder, environment, in, other, err);
    }
}
