package dev.berth.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenerTest {
    private static final InetAddress FOUR = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress SIX = InetAddress.ofLiteral("::1");

    @Test
    void netlinkAndProcTellTheSame() throws IOException {
        try (var four = new ServerSocket(0, 50, FOUR);
                var six = new ServerSocket(0, 50, SIX);
                var any = new ServerSocket(0)) {
            List<Listener> netlink = new ArrayList<>();
            SocketDiagnostics.addListeners(netlink);
            for (ServerSocket socket : List.of(four, six, any)) {
                assertThat(netlink.stream().filter(l -> l.port() == socket.getLocalPort()))
                        .hasSize(1)
                        .containsExactlyElementsOf(Listener.allFromProc().stream()
                                .filter(l -> l.port() == socket.getLocalPort())
                                .toList());
            }
        }
    }

    @Test
    void theExactAddressIsPreferred() throws IOException {
        try (var four = new ServerSocket(0, 50, FOUR);
                var six = new ServerSocket(four.getLocalPort(), 50, SIX)) {
            int port = four.getLocalPort();

            assertThat(Listener.reachedBy(FOUR, port))
                    .extracting(Listener::address)
                    .containsExactly(FOUR);
            assertThat(Listener.reachedBy(SIX, six.getLocalPort()))
                    .extracting(Listener::address)
                    .containsExactly(SIX);
        }
    }
}
