package dev.berth.runtime.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Asks the kernel for listening sockets by netlink (sock_diag(7)), as {@code ss} does. {@code /proc/net/tcp} walks the table
 * of all connections even when there are none, 6 to 25 ms with 262144 buckets; this takes less than 0.1 ms.
 */
@SuppressWarnings("restricted")
final class SocketDiagnostics {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int NETLINK_SOCK_DIAG = 4;
    private static final short SOCK_DIAG_BY_FAMILY = 20;
    private static final short REQUEST_DUMP = 0x301;
    private static final byte IPPROTO_TCP = 6;
    private static final int LISTEN_STATE = 1 << 10;
    private static final int DONE = 3;
    private static final int HEADER = 16;
    private static final int REQUEST = 72;
    private static final int BUFFER = 64 * 1024;

    private static final MethodHandle SOCKET = handle("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SEND = handle("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle RECV = handle("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle CLOSE = handle("close", JAVA_INT, JAVA_INT);

    private SocketDiagnostics() {}

    /** @throws IOException where netlink is not allowed */
    static void addListeners(List<Listener> listeners) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int socket = (int) SOCKET.invokeExact(AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_SOCK_DIAG);
            if (socket < 0) {
                throw new IOException("no netlink socket");
            }
            try {
                MemorySegment buffer = arena.allocate(BUFFER, 8);
                dump(socket, AF_INET, buffer, listeners);
                dump(socket, AF_INET6, buffer, listeners);
            } finally {
                int closed = (int) CLOSE.invokeExact(socket);
                assert closed == 0;
            }
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    private static void dump(int socket, int family, MemorySegment memory, List<Listener> listeners) throws Throwable {
        ByteBuffer bytes = memory.asByteBuffer().order(ByteOrder.nativeOrder());
        bytes.putInt(REQUEST)
                .putShort(SOCK_DIAG_BY_FAMILY)
                .putShort(REQUEST_DUMP)
                .putInt(0)
                .putInt(0);
        bytes.put((byte) family).put(IPPROTO_TCP).putShort((short) 0).putInt(LISTEN_STATE);
        bytes.put(new byte[REQUEST - bytes.position()]);
        if ((long) SEND.invokeExact(socket, memory, (long) REQUEST, 0) != REQUEST) {
            throw new IOException("netlink took no request");
        }
        boolean more = true;
        while (more) {
            long received = (long) RECV.invokeExact(socket, memory, (long) BUFFER, 0);
            if (received < HEADER) {
                throw new IOException("netlink gave no answer");
            }
            more = read(bytes, (int) received, listeners);
        }
    }

    private static boolean read(ByteBuffer bytes, int end, List<Listener> listeners) throws IOException {
        for (int at = 0; at + HEADER <= end; at += (bytes.getInt(at) + 3) & ~3) {
            short type = bytes.getShort(at + 4);
            if (type == DONE) {
                return false;
            }
            if (type != SOCK_DIAG_BY_FAMILY) {
                throw new IOException("netlink answered with type " + type);
            }
            listeners.add(listener(bytes, at + HEADER));
        }
        return true;
    }

    /** {@code struct inet_diag_msg}: family, then at 4 the port and at 8 the address, both in network order; inode at 68. */
    private static Listener listener(ByteBuffer bytes, int at) throws UnknownHostException {
        byte[] address = new byte[bytes.get(at) == AF_INET ? 4 : 16];
        bytes.get(at + 8, address);
        int port = (bytes.get(at + 4) & 0xff) << 8 | (bytes.get(at + 5) & 0xff);
        return new Listener(InetAddress.getByAddress(address), port, Integer.toUnsignedLong(bytes.getInt(at + 68)));
    }

    private static MethodHandle handle(String name, MemoryLayout result, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().find(name).orElseThrow(), FunctionDescriptor.of(result, arguments));
    }
}
