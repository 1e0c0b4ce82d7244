package dev.berth.hosting;

import dev.berth.core.BerthException;
import dev.berth.core.Event;
import dev.berth.core.InstanceRuntime;
import dev.berth.core.InstanceRuntime.Exit;
import dev.berth.core.InstanceRuntime.Instance;
import dev.berth.core.InwardDoor;
import dev.berth.core.SecretText;
import dev.berth.core.Version;
import dev.berth.logs.Log;
import dev.berth.logs.LogBook;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Starts one instance of a version through the runtime, with a way in through the inward door for as long as it lives, and
 * writes into the service's log how that went.
 */
final class InstanceStarter {
    private static final Logger LOG = System.getLogger(InstanceStarter.class.getName());

    private final InstanceRuntime runtime;
    private final InwardDoor door;
    private final ServiceFolders folders;
    private final LogBook logs;
    private final InstanceEvents events;
    private final Hosting.Rules rules;
    private final FixedPorts ports = new FixedPorts();
    private final SecureRandom random = new SecureRandom();

    InstanceStarter(
            InstanceRuntime runtime,
            InwardDoor door,
            ServiceFolders folders,
            LogBook logs,
            InstanceEvents events,
            Hosting.Rules rules) {
        this.runtime = runtime;
        this.door = door;
        this.folders = folders;
        this.logs = logs;
        this.events = events;
        this.rules = rules;
    }

    /** A new one, unique among all instances. */
    String newId(Version version) {
        return version.id().name() + "-" + HexFormat.of().toHexDigits(random.nextInt());
    }

    /**
     * Blocks until the instance is ready.
     *
     * @param why for people: what this start is for
     */
    PooledInstance start(Version version, String id, String why) {
        Path files = folders.filesOf(version.id());
        if (!Files.isDirectory(files)) {
            throw Refused.because(
                    "VERSION_GONE",
                    "The files of %s are not there".formatted(version.id()),
                    "Deploy the service again.");
        }
        Optional<FixedPorts.Turn> turn = version.launch().port().isPresent()
                ? Optional.of(ports.take(version.launch().port().getAsInt(), version.id(), rules.readyWithin()))
                : Optional.empty();
        boolean started = false;
        try {
            Instance instance = start(version, id, why, files);
            turn.ifPresent(it -> instance.exited().whenComplete((_, _) -> it.end()));
            started = true;
            return new PooledInstance(id, instance, events.now(), rules.stopGrace());
        } finally {
            if (!started) {
                turn.ifPresent(FixedPorts.Turn::end);
            }
            prepare(version);
        }
    }

    private Instance start(Version version, String id, String why, Path files) {
        Log log = logOf(version);
        long began = System.nanoTime();
        try {
            Instance instance = startAdmitted(version, id, files, log);
            long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
            log.append(id, "[berth] started in %d ms, pid %d (%s)".formatted(millis, instance.pid(), why));
            events.tell(Event.Kind.INSTANCE_STARTED, version.id(), id, "%s; ready after %d ms".formatted(why, millis));
            return instance;
        } catch (BerthException e) {
            log.append(id, "[berth] did not start: " + e.problem().message());
            log.append(id, "[berth] → " + e.problem().hint());
            events.tell(
                    Event.Kind.INSTANCE_START_FAILED,
                    version.id(),
                    id,
                    "%s; %s".formatted(why, e.problem().message()));
            throw e;
        }
    }

    /** The admission ends once, with the instance or with the start that failed. */
    private Instance startAdmitted(Version version, String id, Path files, Log log) {
        InwardDoor.Admission admission =
                door.admit(version.id(), id, version.launch().port());
        boolean started = false;
        try {
            Instance instance = runtime.start(new InstanceRuntime.Request(
                    id,
                    files,
                    version.launch().command(),
                    InstanceVariables.of(version, admission.variables()),
                    version.launch().port(),
                    rules.readyWithin(),
                    admission.surroundings(),
                    line -> log.append(id, SecretText.masked(line))));
            started = true;
            instance.exited().whenComplete((exit, _) -> {
                admission.close();
                if (exit != null && !exit.leftBehind().isEmpty()) {
                    tellLeftBehind(exit, line -> log.append(id, line));
                }
            });
            return instance;
        } finally {
            if (!started) {
                admission.close();
            }
        }
    }

    /** As far as it ended by itself. */
    private static void tellLeftBehind(Exit exit, Consumer<String> log) {
        log.accept("[berth] the program ended (%s), so %s, which it had left in the background, ended too"
                .formatted(exit.description(), String.join(", ", exit.leftBehind())));
        log.accept("[berth] → let it run in the foreground: without `&`, nohup, setsid or an option such as --daemon,"
                + " and with `exec` or `wait` in a script");
    }

    /** For a stopped instance, see {@link Hosting.Rules}. */
    Duration stopGrace() {
        return rules.stopGrace();
    }

    InstanceEvents events() {
        return events;
    }

    Log logOf(Version version) {
        return logs.of(version.id().environmentId(), version.id().service());
    }

    /** In the background, because nobody waits for it. */
    void prepare(Version version) {
        Path files = folders.filesOf(version.id());
        Thread.ofVirtual().name("prepare " + version.id()).start(() -> {
            try {
                if (Files.isDirectory(files)) {
                    runtime.prepare(files);
                }
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "The next start of %s is not prepared".formatted(version.id()), e);
            }
        });
    }
}
