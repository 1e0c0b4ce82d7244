package dev.berth.openapi;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import io.vertx.core.Future;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Gives instances an address each, with doors on it, as long as they are admitted. Thread-safe; blocks. */
final class OwnAddresses {
    /** Another server on this machine may have chosen the same address. */
    private static final int TRIED = 3;

    private static final System.Logger LOG = System.getLogger("dev.berth.openapi");

    private final OwnDoors.Opener opener;
    private final LoopbackAddresses addresses;
    private final Map<Admitted, OwnDoors> open = new ConcurrentHashMap<>();
    private final AtomicBoolean toldWhyNone = new AtomicBoolean();
    private final AtomicBoolean toldWhyNoTls = new AtomicBoolean();

    OwnAddresses(OwnDoors.Opener opener, LoopbackAddresses addresses) {
        this.opener = opener;
        this.addresses = addresses;
    }

    private interface Opening {
        Future<OwnDoors> at(String address);
    }

    /** Doors that the name can point to; empty if they cannot be had, which is told once. */
    Optional<OwnDoors> openName(Admitted instance) {
        Optional<OwnDoors> doors = open(instance, address -> opener.openName(address, instance));
        if (doors.isPresent() && doors.get().tls().isEmpty() && toldWhyNoTls.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "https://{0} does not work inside instances: port {1,number,#} of {2} cannot be had. http:// does",
                    RelayTarget.WECHAT,
                    opener.ports().https(),
                    doors.get().address());
        }
        return doors;
    }

    /** A door that the platform's names can point to in a host of a function; empty as {@link #openName}. */
    Optional<OwnDoors> openPlatform(Admitted host) {
        return open(host, address -> opener.openPlatform(address, host));
    }

    /** A door for a client that is told of a proxy. */
    Optional<OwnDoors> openProxy(Admitted instance, int port) {
        return open(instance, address -> opener.openProxy(address, port, instance));
    }

    /**
     * A listener on a port of one address keeps others off that port of all addresses (Linux).
     *
     * @throws BerthException {@code PORT_TAKEN}
     */
    void requireFree(int port) {
        Optional<Admitted> holder = open.entrySet().stream()
                .filter(entry -> entry.getValue().name())
                .map(Map.Entry::getKey)
                .findFirst();
        if (holder.isPresent()) {
            throw new BerthException(
                    new Problem(
                            "PORT_TAKEN",
                            "openapi",
                            "port: %d is used by Berth itself, for http://%s inside %s"
                                    .formatted(
                                            port,
                                            holder.get().intercepted(),
                                            holder.get().id()),
                            "Let the program listen on PORT, or on another port; or set inward.own-addresses: false and restart Berth."));
        }
    }

    private Optional<OwnDoors> open(Admitted instance, Opening opening) {
        for (int tried = 1; ; tried++) {
            Optional<String> address = addresses.take();
            if (address.isEmpty()) {
                return Optional.empty();
            }
            try {
                OwnDoors doors = opening.at(address.get())
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
                open.put(instance, doors);
                instance.tie(() -> close(instance, doors));
                return Optional.of(doors);
            } catch (CompletionException e) {
                addresses.giveBack(address.get());
                if (tried == TRIED) {
                    tellWhyNone(instance, String.valueOf(e.getCause()));
                    return Optional.empty();
                }
            }
        }
    }

    private void tellWhyNone(Admitted instance, String why) {
        if (toldWhyNone.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "{0} has no address of its own for {1} ({2}); HTTP clients that obey http_proxy still work",
                    instance,
                    instance.intercepted(),
                    why);
        }
    }

    private void close(Admitted instance, OwnDoors doors) {
        open.remove(instance, doors);
        doors.close().onComplete(closed -> addresses.giveBack(doors.address()));
    }
}
