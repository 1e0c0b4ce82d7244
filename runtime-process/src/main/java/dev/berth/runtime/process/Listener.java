package dev.berth.runtime.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A listening TCP socket of this machine. */
record Listener(InetAddress address, int port, long inode) {
    private static final String LISTEN = "0A";

    static List<Listener> all() {
        var listeners = new ArrayList<Listener>();
        try {
            SocketDiagnostics.addListeners(listeners);
            return listeners;
        } catch (IOException | LinkageError notAllowed) {
            return allFromProc();
        }
    }

    /** Slower, and everywhere. */
    static List<Listener> allFromProc() {
        var listeners = new ArrayList<Listener>();
        addFrom(Path.of("/proc/net/tcp"), listeners);
        addFrom(Path.of("/proc/net/tcp6"), listeners);
        return listeners;
    }

    /** Those that get a connection to {@code host}: the kernel prefers the exact address, then IPv4, then IPv6. */
    static List<Listener> reachedBy(InetAddress host, int port) {
        List<Listener> onPort = all().stream().filter(l -> l.port == port).toList();
        List<Predicate<Listener>> preference = List.of(
                l -> l.address.equals(host),
                l -> l.address.isAnyLocalAddress() && l.isIpv4() && host instanceof Inet4Address,
                l -> l.address.isAnyLocalAddress() && !l.isIpv4());
        return preference.stream()
                .map(rank -> onPort.stream().filter(rank).toList())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    static List<Listener> heldBy(Collection<ProcessRow> processes) {
        Set<Long> sockets = processes.stream()
                .flatMap(process -> ProcessTable.sockets(process.pid()).stream())
                .collect(Collectors.toSet());
        return all().stream().filter(l -> sockets.contains(l.inode)).toList();
    }

    /** Who listens on a port, for people; empty if nobody does. */
    static Optional<String> ownerOf(int port) {
        return all().stream().filter(l -> l.port == port).findFirst().map(l -> ProcessTable.ownerOf(l.inode));
    }

    @Override
    public String toString() {
        return (isIpv4() ? address.getHostAddress() : "[" + address.getHostAddress() + "]") + ":" + port;
    }

    private boolean isIpv4() {
        return address instanceof Inet4Address;
    }

    /** The kernel lists listening sockets first, so a machine with many connections costs no more. */
    private static void addFrom(Path table, List<Listener> listeners) {
        try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.ISO_8859_1)) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] field = line.strip().split("\\s+", -1);
                if (!field[3].equals(LISTEN)) {
                    return;
                }
                int colon = field[1].indexOf(':');
                listeners.add(new Listener(
                        address(field[1].substring(0, colon)),
                        Integer.parseInt(field[1].substring(colon + 1), 16),
                        Long.parseLong(field[9])));
            }
        } catch (IOException noSuchProtocol) {
            // A kernel without IPv6 has no tcp6.
        }
    }

    /** Words of four bytes, each in the byte order of the machine. */
    private static InetAddress address(String hex) throws UnknownHostException {
        byte[] shown = HexFormat.of().parseHex(hex);
        byte[] address = new byte[shown.length];
        for (int i = 0; i < shown.length; i++) {
            address[i] = shown[i - i % 4 + 3 - i % 4];
        }
        return InetAddress.getByAddress(address);
    }
}
