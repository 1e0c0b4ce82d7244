package dev.berth.runtime.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
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

    /** A random start makes it unlikely that a port which was just given up is given out again. */
    int reserveFree() {
        int start = ThreadLocalRandom.current().nextInt(range.size());
        for (int i = 0; i < range.size(); i++) {
            int port = range.first() + (start + i) % range.size();
            if (!reserved.add(port)) {
                continue;
            }
            if (isBindable(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port))
                    && isBindable(new InetSocketAddress(port))) {
                return port;
            }
            release(port);
        }
        throw StartProblem.noFreePort(range);
    }

    int reserveFixed(int port) {
        if (!reserved.add(port)) {
            throw StartProblem.portTaken(port, "another instance");
        }
        var listener = Listener.all().stream().filter(l -> l.port() == port).findFirst();
        if (listener.isPresent()) {
            release(port);
            throw StartProblem.portTaken(
                    port, ProcessTable.ownerOf(listener.get().inode()));
        }
        return port;
    }

    void release(int port) {
        reserved.remove(port);
    }

    /** Binds without listening, so that nobody connects by mistake. */
    private static boolean isBindable(InetSocketAddress address) {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(address);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
