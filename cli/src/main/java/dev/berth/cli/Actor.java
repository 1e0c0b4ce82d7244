package dev.berth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who types, as the server's events tell it: {@code alice@laptop}. */
final class Actor {
    private static final Path HOST = Path.of("/proc/sys/kernel/hostname");

    private Actor() {}

    static String name() {
        return printable(System.getProperty("user.name", "")) + "@" + printable(host());
    }

    private static String host() {
        try {
            return Files.readString(HOST).strip();
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static String printable(String text) {
        String name = text.replaceAll("[^\\x21-\\x7e]", "_");
        return name.isEmpty() ? "unknown" : name.substring(0, Math.min(name.length(), 31));
    }
}
