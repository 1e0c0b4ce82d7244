package dev.berth.openapi;

import dev.berth.core.Asker.InstanceAsker;
import dev.berth.core.FunctionVersionId;
import dev.berth.core.InstanceRuntime;
import dev.berth.core.InwardDoor;
import dev.berth.core.VersionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/**
 * Admits instances: gives each a credential for the door that all share and, where it can be had, an address of its own
 * that {@code api.weixin.qq.com} means inside it (OA-6). Admits hosts of functions, to which the platform's names mean it. Thread-safe; blocks.
 */
final class Relay implements InwardDoor {
    private static final Path TOKEN_FOLDER = Path.of("/.tencentcloudbase/wx"); // OA-26
    private static final Path CERTIFICATE_INSIDE = Path.of("/app/cert/certificate.crt"); // OA-5

    private final RelayOptions options;
    private final RelayWay way;
    private final IntSupplier port;
    private final OwnDoors.Ports namePorts;
    private final InstanceCredentials credentials;
    private final OwnAddresses addresses;
    private final TokenFiles tokenFiles;
    private final TlsEnd tlsEnd;
    private final Set<Admitted> admitted = ConcurrentHashMap.newKeySet();

    /** @param port of the door that all share, once it is open */
    Relay(
            RelayOptions options,
            RelayWay way,
            IntSupplier port,
            OwnDoors.Ports namePorts,
            InstanceCredentials credentials,
            OwnAddresses addresses,
            TokenFiles tokenFiles,
            TlsEnd tlsEnd) {
        this.options = options;
        this.way = way;
        this.port = port;
        this.namePorts = namePorts;
        this.credentials = credentials;
        this.addresses = addresses;
        this.tokenFiles = tokenFiles;
        this.tlsEnd = tlsEnd;
    }

    @Override
    public Admission admit(VersionId version, String instanceId, OptionalInt ownPort) {
        boolean keepsOff = ownPort.isPresent() && namePorts.contains(ownPort.getAsInt());
        if (keepsOff) {
            addresses.requireFree(ownPort.getAsInt());
        }
        Admitted instance = admitted(Admitted.instance(new InstanceAsker(version, instanceId)));
        try {
            Optional<Path> tokenFolder = tokenFiles.open(version.environmentId());
            Optional<TrustFiles> trust = tlsEnd.trust();
            Optional<OwnDoors> named = way.byAddress() && !keepsOff ? addresses.openName(instance) : Optional.empty();
            return new Given(
                    instance,
                    variables(instance, named.isPresent(), trust, tokenFolder),
                    surroundings(named, trust, tokenFolder));
        } catch (IOException e) {
            instance.end();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            instance.end();
            throw e;
        }
    }

    /**
     * Everything that {@code wx-server-sdk} knows to look at leads to {@code /admin}: the variable that the present versions
     * read (AD-2), and for the older ones the fixed names (AD-4), which have an address of the host's own where that can be
     * had; else a proxy.
     *
     * <p>{@code api.weixin.qq.com} stays what it is: a function has no list of paths that it may call there, but one of names
     * (HO-53), and those go through {@code /admin} (AD-36). Who calls WeChat with a token of his own is in nobody's way.
     */
    @Override
    public Admission admit(FunctionVersionId version, String hostId) {
        Admitted host = admitted(Admitted.host(version, hostId));
        try {
            Optional<OwnDoors> named = way.byAddress() ? addresses.openPlatform(host) : Optional.empty();
            HostVariables variables = new HostVariables(reachableHost(), port.getAsInt());
            return named.isPresent()
                    ? new Given(host, variables.toMap(), platformAt(named.get().address()))
                    : new Given(
                            host,
                            variables.withProxy(hostId, credentials.give(host)),
                            InstanceRuntime.Surroundings.NONE);
        } catch (RuntimeException e) {
            host.end();
            throw e;
        }
    }

    private static InstanceRuntime.Surroundings platformAt(String address) {
        return new InstanceRuntime.Surroundings(
                PlatformNames.FIXED.stream().collect(Collectors.toMap(name -> name, name -> address)), Map.of());
    }

    private Admitted admitted(Admitted next) {
        admitted.add(next);
        next.tie(() -> admitted.remove(next));
        return next;
    }

    /** Ends every admission. */
    void close() {
        admitted.forEach(Admitted::end);
    }

    private record Given(Admitted instance, Map<String, String> variables, InstanceRuntime.Surroundings surroundings)
            implements Admission {
        @Override
        public void close() {
            instance.end();
        }

        /** No variables: they hold the credential. */
        @Override
        public String toString() {
            return "Admission of " + instance;
        }
    }

    private Map<String, String> variables(
            Admitted instance, boolean named, Optional<TrustFiles> trust, Optional<Path> tokenFolder) {
        InstanceVariables variables = new InstanceVariables()
                .proxy(instance.id(), credentials.give(instance), reachableHost(), port.getAsInt());
        tlsEnd.certificate().ifPresent(variables::certificate);
        if (!named) {
            variables.alone(
                    addresses
                            .openProxy(instance, port.getAsInt())
                            .map(doors -> new InstanceVariables.Door(doors.address(), port.getAsInt())),
                    trust.isPresent());
        }
        trust.ifPresent(variables::trust);
        tokenFolder.ifPresent(folder -> variables.tokenFile(folder.resolve(TokenFiles.NAME)));
        return variables.toMap();
    }

    private InstanceRuntime.Surroundings surroundings(
            Optional<OwnDoors> named, Optional<TrustFiles> trust, Optional<Path> tokenFolder) {
        if (!options.privateFiles().possible()) {
            return InstanceRuntime.Surroundings.NONE;
        }
        Map<Path, Path> files = new HashMap<>();
        tokenFolder.ifPresent(folder -> files.put(TOKEN_FOLDER, folder));
        trust.ifPresent(known -> files.put(CERTIFICATE_INSIDE, known.own()));
        return new InstanceRuntime.Surroundings(
                named.map(doors -> Map.of(RelayTarget.WECHAT, doors.address())).orElse(Map.of()), files);
    }

    private String reachableHost() {
        return options.host().equals("0.0.0.0") || options.host().equals("::") ? "127.0.0.1" : options.host();
    }
}
