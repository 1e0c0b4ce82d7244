package dev.berth.runtime.process;

import dev.berth.core.BerthException;
import dev.berth.core.InstanceRuntime.Request;
import dev.berth.core.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Why an instance did not start, in words. */
final class StartProblem {
    static final String PORT_TAKEN = "PORT_TAKEN";
    static final String COMPONENT = "runtime-process";

    private StartProblem() {}

    static BerthException startFailed(String message, String hint) {
        return new BerthException(new Problem("START_FAILED", COMPONENT, message, hint));
    }

    static BerthException startFailed(String message, String hint, Throwable cause) {
        return new BerthException(new Problem("START_FAILED", COMPONENT, message, hint), cause);
    }

    /** The supervisor itself could not do its work. */
    static BerthException neverStarted(Request request, InstanceFolder folder) {
        String what = "`%s` could not be started".formatted(String.join(" ", request.command()));
        var cause = new IOException("the supervisor wrote no pid");
        return Shortage.hasNoRoom(folder.root().getParent())
                ? Shortage.noRoom(what, folder.root(), cause)
                : Shortage.noProcess(what, cause);
    }

    /** Though it was possible when the server started. */
    static BerthException noOwnFiles(Request request, String said) {
        return startFailed(
                "`%s` could not be given files of its own: %s".formatted(String.join(" ", request.command()), said),
                "see what the system says; if namespaces have run out, raise user.max_mnt_namespaces");
    }

    static BerthException portTaken(int port, String owner) {
        return new BerthException(new Problem(
                PORT_TAKEN,
                COMPONENT,
                "port %d is already used by %s".formatted(port, owner),
                "stop it, or deploy with another --port, or without --port if the program reads PORT"));
    }

    static BerthException noFreePort(PortRange range) {
        return new BerthException(new Problem(
                "PORTS_EXHAUSTED",
                COMPONENT,
                "none of the %d ports %s is free".formatted(range.size(), range),
                "stop some instances or other programs that use these ports (`ss -ltn` lists them), or widen the range of"
                        + " ports"));
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

    static BerthException wentToBackground(String exit, List<String> left) {
        return new BerthException(new Problem(
                "EXITED_BEFORE_READY",
                COMPONENT,
                "the program ended (%s) and left %s in the background; an instance ends with its program"
                        .formatted(exit, String.join(", ", left)),
                "let it run in the foreground: without `&`, nohup, setsid or an option such as --daemon"
                        + " (nginx: -g 'daemon off;'), and with `exec` or `wait` in a script"));
    }

    static BerthException portIgnored(int port, List<Listener> listeners) {
        return new BerthException(
                new Problem("PORT_IGNORED", COMPONENT, listensElsewhere(port, listeners), whatToDo(port, listeners)));
    }

    static String listensElsewhere(int port, List<Listener> listeners) {
        return "the program " + whereItListens(port, listeners);
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

    static String whatToDo(int port, List<Listener> listeners) {
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
