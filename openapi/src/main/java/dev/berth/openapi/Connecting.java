package dev.berth.openapi;

import io.vertx.core.Future;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Ways to other hosts, never to the relay itself, which would call itself without end. To be used on event loops. */
final class Connecting {
    private final HostResolver resolver;
    private final NetClient client;
    private final Map<Integer, String> own = new ConcurrentHashMap<>();

    Connecting(HostResolver resolver, NetClient client) {
        this.resolver = resolver;
        this.client = client;
    }

    /** The target is one of the relay's own doors. */
    static final class OwnAddressException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** @param address as a literal */
    void addOwn(String address, int port) {
        own.put(port, address);
    }

    /** The first address of the host with which {@code connect} succeeds. */
    <T> Future<T> first(RelayTarget.Authority authority, Function<SocketAddress, Future<T>> connect) {
        return resolver.resolve(authority.host()).compose(addresses -> {
            for (InetAddress address : addresses) {
                if (isOwn(address, authority.port())) {
                    return Future.failedFuture(new OwnAddressException());
                }
            }
            return tryFrom(0, addresses, authority.port(), connect);
        });
    }

    Future<NetSocket> socket(RelayTarget.Authority authority) {
        return first(authority, client::connect);
    }

    private static <T> Future<T> tryFrom(
            int index, List<InetAddress> addresses, int port, Function<SocketAddress, Future<T>> connect) {
        SocketAddress address = SocketAddress.inetSocketAddress(new InetSocketAddress(addresses.get(index), port));
        Future<T> connected = connect.apply(address);
        return index + 1 == addresses.size()
                ? connected
                : connected.recover(failure -> tryFrom(index + 1, addresses, port, connect));
    }

    private boolean isOwn(InetAddress address, int port) {
        return LoopbackAddresses.contains(address.getAddress())
                || (own.containsKey(port)
                        && (address.isLoopbackAddress()
                                || address.isAnyLocalAddress()
                                || address.getHostAddress().equals(own.get(port))));
    }

    /** For who asked: what did not work. */
    static RelayRefusal refusal(RelayTarget.Authority authority, Throwable failure) {
        return failure instanceof OwnAddressException
                ? RelayRefusal.ownAddress()
                : RelayRefusal.unreachable("%s port %d cannot be reached from this machine (%s)"
                        .formatted(authority.host(), authority.port(), Printable.kind(failure)));
    }
}
