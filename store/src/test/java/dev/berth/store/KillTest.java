package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Version;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged survives {@code kill -9} at any instant (docs/design.md, section 5). */
class KillTest {
    private static final int ROUNDS = 5;

    @TempDir
    Path folder;

    private final Set<Integer> reserved = new HashSet<>();
    private final Set<Integer> released = new HashSet<>();
    private final Set<String> sessions = new HashSet<>();

    @Test
    @Tag("HO-3")
    @Tag("CH-139")
    @Timeout(120)
    void everythingAcknowledgedSurvives() throws Exception {
        Random random = new Random();
        for (int round = 0; round < ROUNDS; round++) {
            int lines = random.nextInt(1, 300);
            for (String line : killAfter(lines, "round" + round)) {
                remember(line);
            }
            requireAllThere("round %d, killed after %d lines".formatted(round, lines));
        }
        assertThat(released).isNotEmpty();
    }

    private List<String> killAfter(int lines, String prefix) throws IOException, InterruptedException {
        Process server = start(prefix);
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader output = server.inputReader()) {
            String line = output.readLine();
            while (line != null) {
                acknowledged.add(line);
                if (acknowledged.size() == 1) {
                    Refused.with("DATABASE_IN_USE", () -> Samples.open(folder));
                }
                if (acknowledged.size() == lines) {
                    // The process would close its output too, and with it the lines that are still to be read.
                    server.toHandle().destroyForcibly();
                }
                line = output.readLine();
            }
        } finally {
            server.destroyForcibly().waitFor();
        }
        assertThat(acknowledged).as("what the server said").hasSizeGreaterThanOrEqualTo(lines);
        return acknowledged;
    }

    private Process start(String prefix) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AcknowledgingServer.class.getName(),
                        folder.toString(),
                        prefix)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void remember(String line) {
        if (!line.endsWith(".")) {
            return;
        }
        String what = line.substring(line.indexOf(' ') + 1, line.length() - 1);
        switch (line.substring(0, line.indexOf(' '))) {
            case "reserved" ->
                assertThat(reserved.add(Integer.valueOf(what)))
                        .as("number %s is new", what)
                        .isTrue();
            case "released" -> released.add(Integer.valueOf(what));
            case "session" -> sessions.add(what);
            default -> throw new AssertionError(line);
        }
    }

    private void requireAllThere(String round) {
        String environment = Samples.ENVIRONMENT.id();
        String service = Samples.SERVICE.name();
        try (Store store = Samples.open(folder)) {
            List<Version> versions = store.registry().versions(environment, service);
            Set<Integer> numbers =
                    versions.stream().map(version -> version.id().number()).collect(Collectors.toSet());
            assertThat(numbers).as(round).containsAll(released);
            for (String id : sessions) {
                assertThat(store.sessions().find(id).toCompletableFuture().join())
                        .as(round)
                        .contains(Samples.session(id));
            }
            var release = store.directory()
                    .current()
                    .environment(environment)
                    .flatMap(entry -> entry.service(service))
                    .map(entry -> entry.release().shares());
            // A version and its release are one step, so the newest version is the one released.
            versions.stream()
                    .findFirst()
                    .ifPresent(newest -> assertThat(
                                    release.orElseThrow().getFirst().version())
                            .as(round)
                            .isEqualTo(newest));
            versions.stream()
                    .findFirst()
                    .ifPresent(newest -> assertThat(store.registry().fullReleases(environment, service))
                            .as(round)
                            .startsWith(newest.id()));
            release.ifPresent(present -> assertThat(reserved.add(store.registry()
                            .reserveVersion(environment, service)
                            .number()))
                    .as("%s: a new number", round)
                    .isTrue());
        }
    }
}
