package dev.berth.gateway;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A range of IP addresses in the notation of RFC 4632, for example {@code 10.0.0.0/8}.
 *
 * @param bits how many leading bits its addresses have in common; the others of the first are zero
 */
record AddressRange(InetAddress first, int bits) {
    /**
     * Reads a range, or a single address.
     *
     * @throws IllegalArgumentException when it is neither; the message names it
     */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress first;
        int bits;
        try {
            first = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            bits = slash < 0 ? length(first) : Integer.parseInt(text, slash + 1, text.length(), 10);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(text + " (expected: like 10.0.0.0/8 or fd00::/8)", e);
        }
        if (bits < 0 || bits > length(first)) {
            throw new IllegalArgumentException(text + " (expected: at most /" + length(first) + ")");
        }
        if (!Arrays.equals(first.getAddress(), leading(first, bits))) {
            throw new IllegalArgumentException(text + " (expected: no bits set behind the first " + bits + ")");
        }
        return new AddressRange(first, bits);
    }

    boolean contains(InetAddress address) {
        return length(address) == length(first) && Arrays.equals(leading(address, bits), first.getAddress());
    }

    private static int length(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }

    private static byte[] leading(InetAddress address, int bits) {
        byte[] bytes = address.getAddress();
        byte[] kept = new byte[bytes.length];
        for (int i = 0; i < bits; i++) {
            kept[i / 8] |= (byte) (bytes[i / 8] & (0x80 >> (i % 8)));
        }
        return kept;
    }
}
