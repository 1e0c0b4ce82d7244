package dev.berth.server;

import dev.berth.core.BerthException;
import java.nio.file.Path;

/** Another process that wants the data folder; prints what it got. */
final class OtherServer {
    private OtherServer() {}

    public static void main(String[] arguments) {
        try (DataFolder open = DataFolder.open(Path.of(arguments[0]))) {
            System.out.println(open.path().isAbsolute() ? "OPEN" : "");
        } catch (BerthException e) {
            System.out.println(e.problem().code());
        }
    }
}
