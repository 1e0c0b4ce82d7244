package dev.berth.gateway;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * The reverse proxies in front of the gateway whose word about a caller's address is believed (CH-61). Each of them
 * appends the address of its own peer to {@code X-Forwarded-For}, so the rightmost address that is no trusted proxy is
 * the last one that a trusted proxy has seen; all to the left of it is hearsay.
 */
public final class TrustedProxies {
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    private final List<AddressRange> ranges;

    private TrustedProxies(List<AddressRange> ranges) {
        this.ranges = ranges;
    }

    /**
     * From configuration.
     *
     * @param ranges such as {@code 10.0.0.0/8}, {@code fd00::/8} or {@code 192.0.2.1}
     * @throws IllegalArgumentException when one of them is no such range; the message names it
     */
    public static TrustedProxies of(List<String> ranges) {
        return new TrustedProxies(ranges.stream().map(AddressRange::parse).toList());
    }

    /**
     * The caller's address, without the zone of a link-local one.
     *
     * @param address of who is at the other end of the connection
     * @param forwardedFor all values of {@code X-Forwarded-For}, joined by commas, or an empty text
     */
    String clientAddress(String address, String forwardedFor) {
        int zone = address.indexOf('%');
        String peer = zone < 0 ? address : address.substring(0, zone);
        if (ranges.isEmpty() || forwardedFor.isEmpty()) {
            return peer;
        }
        String client = peer;
        String[] hops = forwardedFor.split(",", -1);
        for (int i = hops.length - 1; i >= 0 && trusts(client); i--) {
            try {
                byte[] hop = InetAddress.ofLiteral(hops[i].strip()).getAddress();
                client = InetAddress.getByAddress(hop).getHostAddress(); // without the zone of another machine
            } catch (IllegalArgumentException | UnknownHostException e) {
                return client; // a trusted proxy that does not know whom it speaks for
            }
        }
        return client;
    }

    private boolean trusts(String address) {
        InetAddress literal = InetAddress.ofLiteral(address);
        return ranges.stream().anyMatch(range -> range.contains(literal));
    }
}
