package dev.berth.openapi;

import dev.berth.core.Asker.InstanceAsker;
import dev.berth.core.BerthException;
import dev.berth.core.InstanceRuntime;
import dev.berth.core.InwardDoor;
import dev.berth.core.Problem;
import dev.berth.core.VersionId;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;

/**
 * Admits instances: gives each a credential for the door that all share and, where it can be had, an address of its own
 * that {@code api.weixin.qq.com} means inside it (OA-6). Thread-safe; blocks.
 */
final class Relay implements InwardDoor {
    private static final Path TOKEN_FOLDER = Path.of("/.tencentcloudbase/wx"); // OA-26
    private static final Path CA_INSIDE = Path.of("/app/cert/certificate.crt"); // OA-5
    private static final System.Logger LOG = System.getLogger("dev.berth.openapi");

    private final RelayOptions options;
    private final RelayWay way;
    private final IntSupplier port;
    private final InstanceCredentials credentials;
    private final OwnDoors.Opener opener;
    private final TokenFiles tokenFiles;
    private final Optional<TrustFiles> trust;
    private final LoopbackAddresses addresses;
    private final Map<Admitted, OwnDoors> open = new ConcurrentHashMap<>();
    private final AtomicBoolean toldWhyNot = new AtomicBoolean();

    Relay(
            RelayOptions options,
            RelayWay way,
            IntSupplier port,
            InstanceCredentials credentials,
            OwnDoors.Opener opener,
            TokenFiles tokenFiles,
            Optional<TrustFiles> trust,
            LoopbackAddresses addresses) {
        this.options = options;
        this.way = way;
        this.port = port;
        this.credentials = credentials;
        this.opener = opener;
        this.tokenFiles = tokenFiles;
        this.trust = trust;
        this.addresses = addresses;
    }

    @Override
    public Admission admit(VersionId version, String instanceId, OptionalInt ownPort) {
        boolean keepsOff = ownPort.isPresent()
                && (ownPort.getAsInt() == opener.ports().http()
                        || ownPort.getAsInt() == opener.ports().https());
        if (keepsOff) {
            requireFree(ownPort.getAsInt());
        }
        Admitted instance = new Admitted(new InstanceAsker(version, instanceId));
        Optional<OwnDoors> doors = way.byAddress() && !keepsOff ? openName(instance) : Optional.empty();
        if (doors.isEmpty()) {
            doors = openProxy(instance);
        }
        doors.ifPresent(found -> {
            open.put(instance, found);
            instance.tie(() -> close(instance, found));
        });
        try {
            return new Given(instance, variables(instance, doors), surroundings(version, doors.filter(OwnDoors::name)));
        } catch (IOException e) {
            instance.end();
            throw new UncheckedIOException(e);
        }
    }

    /** Ends every admission. */
    void close() {
        open.keySet().forEach(Admitted::end);
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
            return "Admission of " + instance.asker();
        }
    }

    /** A listener of one address keeps others off the port of all addresses (Linux), though not of other single ones. */
    private void requireFree(int wanted) {
        Optional<Admitted> holder = open.entrySet().stream()
                .filter(entry -> entry.getValue().name())
                .map(Map.Entry::getKey)
                .findFirst();
        if (holder.isPresent()) {
            throw new BerthException(
                    new Problem(
                            "PORT_TAKEN",
                            "openapi",
                            "port: %d is used by Berth, for http://%s inside %s"
                                    .formatted(
                                            wanted,
                                            RelayTarget.WECHAT,
                                            holder.get().asker().instanceId()),
                            "Let the program listen on PORT, or on another port; or set inward.own-addresses: false and restart Berth."));
        }
    }

    private Optional<OwnDoors> openName(Admitted instance) {
        return open(instance, address -> opener.openName(address, instance));
    }

    private Optional<OwnDoors> openProxy(Admitted instance) {
        return open(instance, address -> opener.openProxy(address, port.getAsInt(), instance));
    }

    private interface Opening {
        Future<OwnDoors> at(String address);
    }

    private Optional<OwnDoors> open(Admitted instance, Opening opening) {
        Optional<String> address = addresses.take();
        if (address.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(opening.at(address.get())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join());
        } catch (CompletionException e) {
            addresses.giveBack(address.get());
            if (toldWhyNot.compareAndSet(false, true)) {
                LOG.log(
                        Level.WARNING,
                        "{0} has no address of its own for {1} ({2}); HTTP clients that obey http_proxy still work",
                        instance.asker(),
                        RelayTarget.WECHAT,
                        String.valueOf(e.getCause()));
            }
            return Optional.empty();
        }
    }

    private void close(Admitted instance, OwnDoors doors) {
        open.remove(instance);
        doors.close().onComplete(closed -> addresses.giveBack(doors.address()));
    }

    private Map<String, String> variables(Admitted instance, Optional<OwnDoors> doors) throws IOException {
        InstanceVariables variables = new InstanceVariables()
                .proxy(instance.asker().instanceId(), credentials.give(instance), reachableHost(), port.getAsInt())
                .ca(way.caFile());
        boolean byName = doors.filter(OwnDoors::name).isPresent();
        if (!byName) {
            variables.alone(
                    doors.flatMap(
                            own -> own.proxy().map(ownPort -> new InstanceVariables.Door(own.address(), ownPort))),
                    trust.isPresent());
        }
        trust.ifPresent(variables::trust);
        tokenFiles
                .open(instance.asker().version().environmentId())
                .ifPresent(folder -> variables.tokenFile(folder.resolve(TokenFiles.NAME)));
        return variables.toMap();
    }

    private InstanceRuntime.Surroundings surroundings(VersionId version, Optional<OwnDoors> named) throws IOException {
        if (!options.privateFiles().possible()) {
            return InstanceRuntime.Surroundings.NONE;
        }
        Map<Path, Path> files = new HashMap<>();
        tokenFiles.open(version.environmentId()).ifPresent(folder -> files.put(TOKEN_FOLDER, folder));
        trust.ifPresent(known -> files.put(CA_INSIDE, known.ca()));
        return new InstanceRuntime.Surroundings(
                named.map(doors -> Map.of(RelayTarget.WECHAT, doors.address())).orElse(Map.of()), files);
    }

    private String reachableHost() {
        return options.host().equals("0.0.0.0") || options.host().equals("::") ? "127.0.0.1" : options.host();
    }
}
