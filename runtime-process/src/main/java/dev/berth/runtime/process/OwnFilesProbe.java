package dev.berth.runtime.process;

import dev.berth.core.InstanceRuntime.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Finds out whether an instance can have files of its own: starts a program that says what it sees. */
final class OwnFilesProbe {
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final String NAME = "probe.berth.invalid";
    private static final String ADDRESS = "127.98.76.54";
    private static final Path FILE = Path.of("/.berth-probe/file");
    private static final String CONTENT = "seen by the probe alone";
    private static final String ASKED = "\nasked\n";
    /** getent(1), where there is one, asks whom programs ask: nsswitch.conf may put others before the file. */
    private static final String LOOK = "cat %s %s; command -v getent >/dev/null || exit 0; printf '%s'; getent hosts %s"
            .formatted(FILE, HostsFile.OF_MACHINE, ASKED.replace("\n", "\\n"), NAME);

    private final Supervisor.Script supervisors;
    private final Removals removals;
    private final InstanceFolder folder;

    OwnFilesProbe(Path instancesFolder, Supervisor.Script supervisors, Removals removals) {
        this.supervisors = supervisors;
        this.removals = removals;
        folder = new InstanceFolder(instancesFolder.resolve("probe"));
    }

    OwnFiles.Finding find() {
        Optional<Path> unshare = Supervisor.Script.find("unshare");
        if (unshare.isEmpty()) {
            return OwnFiles.Finding.impossible("`unshare` was not found (install util-linux)");
        }
        if (!Files.exists(HostsFile.OF_MACHINE)) {
            return OwnFiles.Finding.impossible("the machine has no " + HostsFile.OF_MACHINE);
        }
        OwnIdentity identity = OwnIdentity.ofServer();
        if (identity.isRoot() && !identity.mayAdminister()) {
            return OwnFiles.Finding.impossible("root has no CAP_SYS_ADMIN here (a container: --cap-add SYS_ADMIN)");
        }
        return identity.isRoot()
                ? tried(MountNamespace.ofRoot(unshare.get()), "as root, by unshare")
                : tried(MountNamespace.of(identity, unshare.get()), "in user namespaces, by unshare");
    }

    private OwnFiles.Finding tried(MountNamespace namespace, String how) {
        String said;
        try {
            said = look(namespace);
        } catch (IOException | UncheckedIOException e) {
            said = String.valueOf(e.getMessage());
        }
        if (!said.contains(CONTENT) || !said.contains(ADDRESS + " " + NAME)) {
            return OwnFiles.Finding.impossible(UserNamespaces.switchedOff().orElse(firstLine(said)));
        }
        int asked = said.indexOf(ASKED);
        return asked >= 0 && !said.substring(asked).contains(ADDRESS)
                ? OwnFiles.Finding.impossible("names are not looked up in %s first (`hosts:` in /etc/nsswitch.conf)"
                        .formatted(HostsFile.OF_MACHINE))
                : OwnFiles.Finding.possible(how, namespace);
    }

    private String look(MountNamespace namespace) throws IOException {
        try {
            Files.createDirectories(folder.files());
            Path content = Files.writeString(folder.root().resolve("content"), CONTENT + "\n");
            boolean ownRoot =
                    InstanceMounts.write(folder, new Surroundings(Map.of(NAME, ADDRESS), Map.of(FILE, content)));
            Supervisor supervisor = supervisors.start(
                    List.of("sh", "-c", LOOK),
                    InstanceEnvironment.of(folder, 0, Map.of()),
                    folder,
                    namespace.commands(folder, ownRoot));
            return said(supervisor);
        } finally {
            removals.add(folder.root());
            removals.add(folder.own());
            TreeRemoval.remove(folder.pid());
        }
    }

    private String said(Supervisor supervisor) {
        var said = new CompletableFuture<String>();
        Thread.ofPlatform().daemon().start(() -> said.complete(all(supervisor.output())));
        String late = "the probe said nothing within %d s".formatted(LONGEST.toSeconds());
        try {
            return said.completeOnTimeout(late, LONGEST.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } finally {
            supervisor.stop(Duration.ZERO);
            Leftovers.kill(supervisors.file(), folder.root());
        }
    }

    private static String all(InputStream output) {
        try (output) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "the probe could not be heard: " + e.getMessage();
        }
    }

    private static String firstLine(String said) {
        return said.lines().findFirst().orElse("the probe said nothing");
    }
}
