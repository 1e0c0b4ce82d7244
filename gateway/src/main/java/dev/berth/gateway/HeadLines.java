package dev.berth.gateway;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * Looks at where the lines of a head begin, which Netty does not tell: a request begins with its method, and no line is
 * the continuation of another (RFC 9112, sections 2.2 and 5.2). Reads on as the bytes arrive, each byte once.
 */
final class HeadLines {
    private enum Place {
        BEFORE_REQUEST,
        WITHIN_LINE,
        BEGIN_OF_LINE,
        END
    }

    private Place place = Place.BEFORE_REQUEST;
    private boolean afterReturn;
    private int examined;
    private String fault = "";

    /** For the next request. */
    void restart() {
        place = Place.BEFORE_REQUEST;
        afterReturn = false;
        examined = 0;
        fault = "";
    }

    /** Examines what is new among the readable bytes. */
    void read(ByteBuf in) {
        int end = in.writerIndex();
        int at = in.readerIndex() + examined;
        while (at < end && place != Place.END) {
            at = switch (place) {
                case BEFORE_REQUEST -> takeBefore(in.getByte(at), at);
                case BEGIN_OF_LINE -> takeBegin(in.getByte(at), at);
                case WITHIN_LINE -> skipLine(in.indexOf(at, end, (byte) '\n'), end);
                case END -> at;
            };
        }
        examined = at - in.readerIndex();
    }

    /** So many bytes are not among the readable ones any more. */
    void consumed(int bytes) {
        examined = Math.max(0, examined - bytes);
    }

    /** Empty lines may stand before a request, and nothing else. */
    private int takeBefore(byte c, int at) {
        if (afterReturn ? c == '\n' : c == '\r') {
            afterReturn = !afterReturn;
            return at + 1;
        }
        if (afterReturn || (c >= 0 && c <= ' ') || c == 0x7f) {
            blame("the request begins with 0x%02x (expected: a method)".formatted((int) c));
        }
        place = Place.WITHIN_LINE;
        return at;
    }

    private int takeBegin(byte c, int at) {
        if (c == '\r' || c == '\n') {
            place = Place.END;
            return at;
        }
        if (c == ' ' || c == '\t') {
            blame("a header is folded (expected: one line for each)");
        }
        place = Place.WITHIN_LINE;
        return at;
    }

    private int skipLine(int lineFeed, int end) {
        if (lineFeed < 0) {
            return end;
        }
        place = Place.BEGIN_OF_LINE;
        return lineFeed + 1;
    }

    private void blame(String why) {
        if (fault.isEmpty()) {
            fault = why;
        }
    }

    Optional<String> fault() {
        return fault.isEmpty() ? Optional.empty() : Optional.of(fault);
    }
}
