package dev.berth.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Records events until it is killed, and prints the number of each after it was recorded. For {@link EventLogTest}. */
final class EventRecording {
    private EventRecording() {}

    public static void main(String[] args) throws IOException {
        Logger.getLogger("").setLevel(Level.OFF);
        try (EventLog log = EventLog.open(Path.of(args[0]))) {
            for (int number = 1; true; number++) {
                log.record(EventLogTest.event("event " + number));
                System.out.println(number);
            }
        }
    }
}
