package dev.berth.cli;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The programs that Berth cannot do without, and those that it may use one day. */
record ProgramChecks(Machine machine) {
    private static final int OLDEST_JAVA = 25;
    private static final int OLDEST_NODE = 20;
    private static final Pattern FIRST_NUMBER = Pattern.compile("([0-9]+)");

    List<Finding> java() {
        String version = machine.property("java.version");
        String says =
                "%s, %s, in %s".formatted(version, machine.property("java.vendor"), machine.property("java.home"));
        return List.of(
                firstNumber(version) >= OLDEST_JAVA
                        ? Finding.fine("Java", says)
                        : Finding.problem(
                                "Java",
                                says,
                                "Install a JDK %d or newer, for example from https://adoptium.net, and set JAVA_HOME to it."
                                        .formatted(OLDEST_JAVA)));
    }

    List<Finding> node() {
        String todo = "Install Node.js %d or newer, for example from https://nodejs.org; npm comes with it."
                .formatted(OLDEST_NODE);
        return List.of(
                machine.run("node", "--version")
                        .map(version -> firstNumber(version) >= OLDEST_NODE
                                ? Finding.fine("Node.js", version)
                                : Finding.problem("Node.js", version + " is too old", todo))
                        .orElseGet(() -> Finding.problem("Node.js", "there is no node in PATH", todo)),
                machine.run("npm", "--version")
                        .map(version -> Finding.fine("npm", version))
                        .orElseGet(() -> Finding.problem("npm", "there is no npm in PATH", todo)));
    }

    /** For the rooms to come; a machine without them is as good today. */
    List<Finding> isolation() {
        return List.of(
                Finding.fine("Docker", there(machine.run("docker", "version", "--format", "{{.Server.Version}}"))),
                Finding.fine("bubblewrap", there(machine.run("bwrap", "--version"))));
    }

    private static String there(Optional<String> version) {
        return version.orElse("not needed today; not there, or not running");
    }

    private static int firstNumber(String text) {
        Matcher matcher = FIRST_NUMBER.matcher(text);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
