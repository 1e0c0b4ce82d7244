package dev.berth.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Loopback, Berth's ports, and proxies. */
record NetworkChecks(Machine machine, Map<String, String> environment, Optional<RunningServer> server) {
    private record Door(String name, int usualPort) {}

    private static final List<Door> DOORS = List.of(
            new Door("GATEWAY", 7080),
            new Door("MANAGEMENT", 7081),
            new Door("INWARD", 7082),
            new Door("SIMULATOR", 7083));

    List<Finding> loopback() {
        List<Finding> findings = new ArrayList<>();
        findings.add(machine.faultOfLoopback("127.0.0.1")
                .map(fault -> Finding.problem(
                        "Loopback",
                        "127.0.0.1 does not work: " + fault,
                        "Bring the interface up (sudo ip link set lo up), and look for a firewall that blocks it."))
                .orElseGet(() -> Finding.fine("Loopback", "127.0.0.1 works")));
        findings.add(Finding.fine(
                "IPv6", machine.faultOfLoopback("::1").isEmpty() ? "::1 works" : "not there; Berth does not need it"));
        return findings;
    }

    List<Finding> ports() {
        return DOORS.stream().map(door -> port(door.name(), door.usualPort())).toList();
    }

    private Finding port(String door, int usual) {
        String variable = "BERTH_%s_PORT".formatted(door);
        String given = environment.getOrDefault(variable, "");
        int port = given.matches("[0-9]{1,5}") ? Integer.parseInt(given) : usual;
        if (port == 0) {
            return Finding.fine(
                    door.charAt(0) + door.substring(1).toLowerCase(Locale.ROOT) + " port",
                    "any that is free (%s=0)".formatted(variable));
        }
        String name = "Port " + port;
        Optional<String> fault = machine.faultOfListening("127.0.0.1", port);
        if (fault.isEmpty()) {
            return Finding.fine(name, "free");
        }
        String holder = machine.holderOf(port).orElse("a program of another user");
        if (isOurs(port, holder)) {
            return Finding.fine(name, "the server that runs here has it (%s)".formatted(holder));
        }
        String says = "taken by %s".formatted(holder);
        String todo = "End that program, or choose another port: %s=%d"
                .formatted(variable, port + 100 <= 65_535 ? port + 100 : 0);
        return server.isEmpty() ? Finding.problem(name, says, todo) : Finding.warning(name, says, todo);
    }

    private boolean isOurs(int port, String holder) {
        return server.isPresent()
                && (holder.endsWith(", pid " + server.get().pid())
                        || server.get().gateway().getPort() == port
                        || server.get().management().getPort() == port);
    }

    /** Without what a proxy's address may say of a user and a password. */
    List<Finding> proxies() {
        List<String> set = Stream.of("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
                .flatMap(name -> Stream.of(name, name.toLowerCase(Locale.ROOT)))
                .filter(name -> !environment.getOrDefault(name, "").isBlank())
                .map(name -> name + "=" + environment.getOrDefault(name, "").replaceFirst("//[^/]*@", "//…@"))
                .toList();
        if (set.isEmpty()) {
            return List.of(Finding.fine("Proxy", "none in the environment"));
        }
        String except = environment.getOrDefault("NO_PROXY", "") + "," + environment.getOrDefault("no_proxy", "");
        String says = String.join(" ", set);
        return List.of(
                except.contains("127.0.0.1") && except.contains("localhost")
                        ? Finding.fine("Proxy", says + ", not for this machine; npm uses it, Berth itself does not")
                        : Finding.warning(
                                "Proxy",
                                says + ", also for this machine itself",
                                "Keep calls to this machine away from it: export NO_PROXY=localhost,127.0.0.1,::1. npm uses the "
                                        + "proxy; Berth's own calls to WeChat do not."));
    }
}
