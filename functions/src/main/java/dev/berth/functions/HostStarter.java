package dev.berth.functions;

import dev.berth.core.BerthException;
import dev.berth.core.Event;
import dev.berth.core.FunctionError;
import dev.berth.core.FunctionVersion;
import dev.berth.core.FunctionVersionId;
import dev.berth.core.InstanceRuntime;
import dev.berth.core.InstanceRuntime.Exit;
import dev.berth.core.InstanceRuntime.Instance;
import dev.berth.core.InwardDoor.Admission;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Starts hosts through the runtime, each with a way in through the inward door for as long as it lives. Thread-safe. */
final class HostStarter {
    /** HO-57. */
    private static final int MOST_RESULT_BYTES = 1 << 20;

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

    private final FunctionPorts ports;
    private final FunctionRules rules;
    private final NodeLauncher node;
    private final CompiledCode compiled;
    private final SecureRandom random = new SecureRandom();

    HostStarter(FunctionPorts ports, FunctionRules rules, NodeLauncher node, CompiledCode compiled) {
        this.ports = ports;
        this.rules = rules;
        this.node = node;
        this.compiled = compiled;
    }

    /**
     * Where a debugger may come in.
     *
     * @param port where it waits for a debugger; 0 for a free one
     * @param url told where that is
     */
    record Inspect(int port, Consumer<String> url) {}

    /**
     * Blocks until the host can be spoken with; its code is not loaded then.
     *
     * @throws InvocationFailure if there is none; what was started is being killed then
     */
    FunctionHost start(FunctionVersion version, Optional<Inspect> inspect) {
        String id = version.id().name() + "-" + HexFormat.of().toHexDigits(random.nextInt());
        HostVoice voice = new HostVoice(
                ports.logOf(version.id().function()),
                id,
                inspect.map(Inspect::url).orElse(_ -> {}));
        node.require();
        tellIgnored(version, voice);
        HostKey key = HostKey.random();
        HostProcess process = startAdmitted(version, id, key, inspect, voice);
        try {
            HostLink link = HostLink.open(process.instance().endpoint(), key, MOST_RESULT_BYTES, CONNECT_WITHIN, voice);
            return new FunctionHost(id, version, process, link, voice);
        } catch (IOException e) {
            process.instance().stop(Duration.ZERO);
            throw failed(version, id, voice, String.valueOf(e.getMessage()), e);
        }
    }

    /** The admission ends once, with the instance or with the start that failed. */
    private HostProcess startAdmitted(
            FunctionVersion version, String id, HostKey key, Optional<Inspect> inspect, HostVoice voice) {
        Admission admission = ports.door().admit(version.id(), id);
        Instant startedAt = ports.clock().instant();
        long begun = System.nanoTime();
        boolean started = false;
        try {
            Instance instance = node.launch(
                    version,
                    inspect.isPresent(),
                    voice,
                    command -> request(
                            version, id, command, variables(version, key, inspect, admission), admission, voice));
            started = true;
            var exited = instance.exited().whenComplete((exit, _) -> {
                admission.close();
                if (exit != null && !exit.leftBehind().isEmpty()) {
                    tellLeftBehind(exit, voice);
                }
            });
            return new HostProcess(instance, exited, startedAt, begun);
        } catch (BerthException e) {
            String what = e.problem().message() + ". " + e.problem().hint();
            throw failed(version, id, voice, what, e);
        } finally {
            if (!started) {
                admission.close();
            }
        }
    }

    private static void tellLeftBehind(Exit exit, HostVoice voice) {
        voice.tell("the function's process ended (%s), so %s, which the function had started, ended too"
                .formatted(exit.description(), String.join(", ", exit.leftBehind())));
        voice.tell("→ await child processes, or kill them, before the function returns");
    }

    private InstanceRuntime.Request request(
            FunctionVersion version,
            String id,
            List<String> command,
            Map<String, String> variables,
            Admission admission,
            HostVoice voice) {
        return new InstanceRuntime.Request(
                id,
                ports.files().apply(version.id()),
                command,
                variables,
                OptionalInt.empty(),
                rules.loadWithin(),
                InstanceRuntime.Workplace.IN_PLACE,
                admission.surroundings(),
                voice::output);
    }

    private Map<String, String> variables(
            FunctionVersion version, HostKey key, Optional<Inspect> inspect, Admission admission) {
        OptionalInt inspectPort =
                inspect.isPresent() ? OptionalInt.of(inspect.get().port()) : OptionalInt.empty();
        HostScript.Start start =
                new HostScript.Start(key, version.settings().handler(), inspectPort, compiled.of(version.id()));
        return HostVariables.of(version, admission.variables(), start.variables());
    }

    private static void tellIgnored(FunctionVersion version, HostVoice voice) {
        List<String> ignored = HostVariables.ignored(version.settings());
        if (!ignored.isEmpty()) {
            voice.tell("the platform sets these variables, not the function: " + String.join(", ", ignored));
        }
    }

    /**
     * Waits until the function's code is loaded.
     *
     * @throws InvocationFailure if it does not load; nothing is left of the host then
     */
    void load(FunctionHost host, Optional<Duration> within) throws InterruptedException {
        try {
            host.load(within);
            node.prepareMore(host.version());
        } catch (InvocationFailure e) {
            host.voice().tell("its code was not loaded: " + e.failed().message());
            tellFailed(
                    host, "its code was not loaded: " + Texts.thrown(e.failed().message()));
            throw e;
        }
    }

    void tellEnd(FunctionHost host, String how) {
        host.voice().tell("ended by itself: " + how);
        tellFailed(host, "ended by itself: " + how);
    }

    /** No host of it is left: its log is not held open. */
    void rest(FunctionVersion version) {
        Thread.ofVirtual()
                .name("rest " + version.id())
                .start(ports.logOf(version.id().function())::rest);
    }

    /** No host of it will be left for long. */
    void forget(FunctionVersionId version) {
        compiled.forget(version);
    }

    private void tellFailed(FunctionHost host, String what) {
        ports.tell(Event.Kind.FUNCTION_HOST_FAILED, host.version().id(), host.id(), what);
    }

    private InvocationFailure failed(
            FunctionVersion version, String id, HostVoice voice, String what, Exception cause) {
        voice.tell("did not start: " + what);
        ports.tell(Event.Kind.FUNCTION_HOST_FAILED, version.id(), id, what);
        return new InvocationFailure(
                FunctionError.PLATFORM_FAILED,
                "%s: no host for the function: %s".formatted(FunctionError.PLATFORM_FAILED.text(), what),
                cause);
    }
}
