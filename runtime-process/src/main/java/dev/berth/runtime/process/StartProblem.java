package dev.berth.runtime.process;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Why an instance did not start, in words. */
final class StartProblem {
    private static final String COMPONENT = "runtime-process";

    private StartProblem() {}

    static BerthException startFailed(String message, String hint) {
        return new BerthException(new Problem("START_FAILED", COMPONENT, message, hint));
    }

    static BerthException startFailed(String message, String hint, Throwable cause) {
        return new BerthException(new Problem("START_FAILED", COMPONENT, message, hint), cause);
    }

    static BerthException portTaken(int port, String owner) {
        return new BerthException(new Problem(
                "PORT_TAKEN",
                COMPONENT,
                "port %d is already used by %s".formatted(port, owner),
                "stop it, or deploy with another --port, or without --port if the program reads PORT"));
    }

    static BerthException noFreePort(PortRange range) {
        return startFailed(
                "no port of %s is free".formatted(range), "stop some instances, or widen the range of ports");
    }

    static BerthException exitedBeforeReady(int port, String exit, List<String> lastLines) {
        String said = lastLines.isEmpty()
                ? "; it printed nothing"
                : "; its last lines:\n"
                        + lastLines.stream().map(line -> "  " + line).collect(Collectors.joining("\n"));
        return new BerthException(new Problem(
                "EXITED_BEFORE_READY",
                COMPONENT,
                "the program ended before it listened on PORT=%d: %s%s".formatted(port, exit, said),
                "run its command by hand in its folder with PORT=%d and see why it ends".formatted(port)));
    }

    static BerthException portNeverOpened(int port, Duration waited, List<Listener> listeners) {
        return new BerthException(new Problem(
                "PORT_NEVER_OPENED",
                COMPONENT,
                "the program did not open its port within %s: it %s"
                        .formatted(seconds(waited), whereItListens(port, listeners)),
                whatToDo(port, listeners)));
    }

    private static String whereItListens(int port, List<Listener> listeners) {
        if (listeners.isEmpty()) {
            return "listens on no port (expected: PORT=%d)".formatted(port);
        }
        if (listeners.stream().anyMatch(l -> l.port() == port)) {
            return "listens on %s, which 127.0.0.1 and ::1 do not reach"
                    .formatted(listeners.stream().map(Listener::toString).collect(Collectors.joining(", ")));
        }
        return "listens on %s, not on PORT=%d".formatted(ports(listeners), port);
    }

    private static String whatToDo(int port, List<Listener> listeners) {
        if (listeners.isEmpty()) {
            return "make it listen on the port in the environment variable PORT, or give it more time";
        }
        if (listeners.stream().anyMatch(l -> l.port() == port)) {
            return "listen on 0.0.0.0 or 127.0.0.1";
        }
        return "read PORT from the environment, or deploy with --port "
                + listeners.getFirst().port();
    }

    private static String ports(List<Listener> listeners) {
        return listeners.stream().map(l -> String.valueOf(l.port())).distinct().collect(Collectors.joining(", "));
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
