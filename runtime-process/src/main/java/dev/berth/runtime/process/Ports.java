package dev.berth.runtime.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Hands out ports, none of them twice at a time. */
final class Ports {
    private final PortRange range;
    private final Set<Integer> reserved = ConcurrentHashMap.newKeySet();

    Ports(PortRange range) {
        this.range = range;
    }

    /**
     * A random start makes it unlikely that a port which was just given up is given out again. One with connections that
     * are still in TIME_WAIT is given out only when there is no other: some programs cannot bind it.
     */
    int reserveFree() {
        return reserveFree(false).or(() -> reserveFree(true)).orElseThrow(() -> StartProblem.noFreePort(range));
    }

    private Optional<Integer> reserveFree(boolean inTimeWait) {
        int start = ThreadLocalRandom.current().nextInt(range.size());
        for (int i = 0; i < range.size(); i++) {
            int port = range.first() + (start + i) % range.size();
            if (!reserved.add(port)) {
                continue;
            }
            if (isBindable(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), inTimeWait)
                    && isBindable(new InetSocketAddress(port), inTimeWait)) {
                return Optional.of(port);
            }
            release(port);
        }
        return Optional.empty();
    }

    int reserveFixed(int port) {
        if (!reserved.add(port)) {
            throw StartProblem.portTaken(port, "another instance");
        }
        Optional<String> owner = Listener.ownerOf(port);
        if (owner.isPresent()) {
            release(port);
            throw StartProblem.portTaken(port, owner.get());
        }
        return port;
    }

    void release(int port) {
        reserved.remove(port);
    }

    /** Binds without listening, so that nobody connects by mistake. */
    private static boolean isBindable(InetSocketAddress address, boolean inTimeWait) {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, inTimeWait).bind(address);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
