package dev.berth.gateway;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A range of IP addresses in the notation of RFC 4632, for example {@code 10.0.0.0/8}.
 *
 * @param bits how many leading bits its addresses have in common
 */
public record AddressRange(InetAddress first, int bits) {
    public AddressRange {
        if (bits < 0 || bits > first.getAddress().length * 8) {
            throw new IllegalArgumentException("range: %s/%d (expected: a length of 0…%d bits)"
                    .formatted(first.getHostAddress(), bits, first.getAddress().length * 8));
        }
        if (!Arrays.equals(first.getAddress(), leading(first.getAddress(), bits))) {
            throw new IllegalArgumentException("range: %s/%d (expected: no bits set behind the first %d)"
                    .formatted(first.getHostAddress(), bits, bits));
        }
    }

    /**
     * Reads a range, or a single address.
     *
     * @throws IllegalArgumentException when it is neither; the message names it
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        try {
            InetAddress first = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            int whole = first.getAddress().length * 8;
            return new AddressRange(first, slash < 0 ? whole : Integer.parseInt(text, slash + 1, text.length(), 10));
        } catch (NumberFormatException e) {
            throw notARange(text, e);
        } catch (IllegalArgumentException e) {
            throw String.valueOf(e.getMessage()).startsWith("range: ") ? e : notARange(text, e);
        }
    }

    private static IllegalArgumentException notARange(String text, Exception cause) {
        return new IllegalArgumentException("range: " + text + " (expected: like 10.0.0.0/8 or fd00::/8)", cause);
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == first.getAddress().length && Arrays.equals(leading(bytes, bits), first.getAddress());
    }

    private static byte[] leading(byte[] address, int bits) {
        byte[] kept = new byte[address.length];
        for (int i = 0; i < bits; i++) {
            kept[i / 8] |= (byte) (address[i / 8] & (0x80 >> (i % 8)));
        }
        return kept;
    }
}
