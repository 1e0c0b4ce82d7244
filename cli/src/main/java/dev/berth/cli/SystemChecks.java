package dev.berth.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The system below: kernel, limits, language, clock. */
record SystemChecks(Machine machine) {
    private static final Duration SLACK = Duration.ofHours(1);
    private static final Duration OLDEST_BERTH = Duration.ofDays(3650);
    private static final int FEW_FILES = 4096;
    private static final int FEW_PROCESSES = 1024;

    List<Finding> kernel() {
        String release = machine.read("/proc/sys/kernel/osrelease").orElse("");
        if (!machine.property("os.name").equals("Linux") || release.isEmpty()) {
            return List.of(Finding.problem(
                    "System",
                    machine.property("os.name"),
                    "Berth runs on Linux and WSL 2. On Windows, open a WSL 2 terminal and start it there."));
        }
        String says = "Linux %s, %s".formatted(release, machine.property("os.arch"));
        if (release.endsWith("-Microsoft")) { // WSL 2 says microsoft-standard-WSL2
            return List.of(Finding.problem(
                    "System", says + " (WSL 1)", "Turn this distribution into WSL 2: wsl --set-version NAME 2"));
        }
        boolean wsl = release.toLowerCase(Locale.ROOT).contains("microsoft");
        return List.of(Finding.fine("System", wsl ? says + " (WSL 2)" : says));
    }

    List<Finding> limits() {
        return List.of(
                limit("Open files", "Max open files", FEW_FILES, "ulimit -n 65536"),
                limit("Processes", "Max processes", FEW_PROCESSES, "ulimit -u 4096"));
    }

    /** The hard limit counts: Java raises its own, and a shell can. */
    private Finding limit(String name, String row, int few, String todo) {
        Matcher matcher = Pattern.compile(Pattern.quote(row) + "\\s+\\S+\\s+(\\S+)")
                .matcher(machine.read("/proc/self/limits").orElse(""));
        if (!matcher.find()) {
            return Finding.fine(name, "limit unknown");
        }
        String limit = matcher.group(1);
        if (limit.matches("[0-9]{1,18}") && Long.parseLong(limit) < few) {
            return Finding.warning(
                    name,
                    "at most %s (expected: %d or more)".formatted(limit, few),
                    "Raise it where Berth is started, with: %s (and in /etc/security/limits.conf)".formatted(todo));
        }
        return Finding.fine(name, "at most " + limit);
    }

    List<Finding> language() {
        String names = machine.property("sun.jnu.encoding");
        return List.of(
                names.equalsIgnoreCase("UTF-8")
                        ? Finding.fine("Language", "UTF-8; files and arguments may be Chinese")
                        : Finding.warning(
                                "Language",
                                "%s (expected: UTF-8), so Chinese file names and arguments are lost".formatted(names),
                                "Set a UTF-8 locale: export LC_ALL=C.UTF-8"));
    }

    List<Finding> clock() {
        Instant now = machine.now().truncatedTo(ChronoUnit.SECONDS);
        Optional<Instant> built = machine.builtAt();
        boolean behind = built.isPresent() && now.isBefore(built.get().minus(SLACK));
        boolean ahead = built.isPresent() && now.isAfter(built.get().plus(OLDEST_BERTH));
        return List.of(
                behind || ahead
                        ? Finding.warning(
                                "Clock",
                                "%s, but this Berth was built at %s".formatted(now, built.orElseThrow()),
                                "Set the clock, or let the system do it (timedatectl set-ntp true); in WSL 2 after sleep: "
                                        + "sudo hwclock -s. Sessions and WeChat's tokens depend on it.")
                        : Finding.fine("Clock", now.toString()));
    }
}
