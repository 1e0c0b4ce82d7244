package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.acceptance.Ledger.Deploying;
import dev.berth.acceptance.Ledger.Granting;
import dev.berth.acceptance.Ledger.Removing.State;
import dev.berth.acceptance.Ledger.SignedIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must hold when a server is ready again; what was open becomes known. */
final class Aftermath {
    private final Folder folder;
    private final KillableServer server;
    private final Ledger ledger;
    private final Management management;
    private final Path versions;

    Aftermath(Folder folder, KillableServer server, Ledger ledger) {
        this.folder = folder;
        this.server = server;
        this.ledger = ledger;
        this.management = server.management();
        this.versions = folder.data().resolve("versions").resolve(Caller.ENVIRONMENT);
    }

    void check() {
        requireNoLeftovers();
        Map<String, String> listed = new TreeMap<>();
        for (JsonNode service : management.services()) {
            listed.put(service.path("name").asText(), service.path("version").asText());
        }
        Caller alice = server.signIn(Ledger.APP, "alice");
        ledger.deploying.forEach(service -> check(service, listed.getOrDefault(service.service, ""), alice));
        checkRemovals(listed, alice);
        checkUsers();
        ledger.granting.forEach(this::check);
        newest(ledger.sessions, 5).forEach(this::check);
        requireNoOrphans();
    }

    void checkEverySession() {
        ledger.sessions.forEach(this::check);
    }

    private void requireNoLeftovers() {
        assertThat(namesIn(folder.data().resolve("instances/running"))).isEmpty();
        assertThat(namesIn(folder.data().resolve("instances/prepared"))).isEmpty();
        assertThat(namesIn(folder.data().resolve("versions"))).isSubsetOf(Caller.ENVIRONMENT);
    }

    private void requireNoOrphans() {
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            Set<Long> ours = Stream.concat(
                            Stream.of(server.handle()), server.handle().descendants())
                    .map(ProcessHandle::pid)
                    .collect(Collectors.toSet());
            assertThat(Processes.naming(folder.path()))
                    .allMatch(line -> ours.contains(Long.valueOf(line.substring(0, line.indexOf(' ')))));
        });
    }

    private void check(Deploying service, String listed, Caller alice) {
        if (!listed.isEmpty() && !service.versions().contains(listed)) {
            assertThat(service.isOpen()).as("%s came from somewhere", listed).isTrue();
            service.acknowledge(listed, service.attempted);
        }
        if (!service.versions().isEmpty()) {
            assertThat(listed).as(service.service).isEqualTo(newestOf(service));
            Answer answer = alice.get(service.service, "/content");
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(String.valueOf(service.attempts.get(listed)));
        }
        checkFiles(service);
    }

    /** Of the versions that no longer have traffic, the newest ten stay. */
    private void checkFiles(Deploying service) {
        Set<String> kept = service.versions().isEmpty() ? Set.of() : management.versions(service.service);
        assertThat(namesIn(versions.resolve(service.service)))
                .as("each version has its files, and nothing else is there")
                .isEqualTo(kept);
        assertThat(service.versions()).containsAll(kept);
        assertThat(kept).containsAll(newest(service.versions().stream().sorted().toList(), 11));
        kept.forEach(
                version -> assertThat(read(versions.resolve(service.service).resolve(version + "/content")))
                        .as(version)
                        .isEqualTo(String.valueOf(service.attempts.get(version))));
    }

    private static String newestOf(Deploying service) {
        return service.attempts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    private void checkRemovals(Map<String, String> listed, Caller alice) {
        var removing = ledger.removing;
        String name = removing.service();
        boolean there = listed.containsKey(name);
        if (removing.state == State.THERE) {
            assertThat(there).as(name).isTrue();
        } else if (removing.state == State.GONE) {
            assertThat(there).as(name).isFalse();
        }
        if (there) {
            assertThat(alice.get(name, "/content").body()).isEqualTo(name);
        }
        removing.state = there ? State.THERE : State.GONE;
        Set<String> expected = new HashSet<>();
        ledger.deploying.stream()
                .filter(service -> !service.versions().isEmpty())
                .forEach(service -> expected.add(service.service));
        if (there) {
            expected.add(name);
        }
        assertThat(listed.keySet()).isEqualTo(expected);
        assertThat(namesIn(versions)).isEqualTo(expected);
        assertThat(namesIn(folder.data().resolve("logs").resolve(Caller.ENVIRONMENT)))
                .isSubsetOf(expected.stream().map(service -> service + ".log").toList());
    }

    private void checkUsers() {
        Map<String, String> openids = new TreeMap<>();
        for (JsonNode user : management.get("/users").json().path("users")) {
            openids.put(
                    user.path("name").asText(),
                    user.path("openids").path(Ledger.APP).asText());
        }
        assertThat(openids).containsAllEntriesOf(ledger.openidsByUser).containsKeys("alice", "bob");
    }

    private void check(Granting app) {
        if (!app.known) {
            return;
        }
        Answer answer = Caller.send(
                server.signIn(app.app, "alice").to("d0", "/content").header("X-WX-RESOURCE-APPID", Ledger.APP));
        boolean granted = answer.systemError().isEmpty();
        if (!app.open) {
            assertThat(granted).as("%s may call: %s", app.app, answer.body()).isEqualTo(app.granted);
        }
        app.granted = granted;
        app.open = false;
    }

    private void check(SignedIn session) {
        Answer answer = new Caller(server.door("gateway"), session.session()).get("d0", "/content");
        assertThat(answer.systemError()).as("%s: %s", session, answer.body()).isEmpty();
    }

    private static <T> List<T> newest(List<T> all, int count) {
        return all.subList(Math.max(0, all.size() - count), all.size());
    }

    private static Set<String> namesIn(Path path) {
        if (!Files.exists(path)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
