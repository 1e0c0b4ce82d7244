package dev.berth.gateway;

import io.vertx.core.http.HttpVersion;
import java.util.Optional;

/**
 * Where a request's body ends, and why that cannot be believed, if so. What two readers of one request could understand
 * differently is refused (CH-79; RFC 9112, sections 3.2, 6.1, 6.3 and 11.2).
 */
final class Framing {
    private final HttpVersion version;
    private String fault = "";
    private boolean host;
    private boolean chunked;
    private long contentLength = -1;

    Framing(HttpVersion version) {
        this.version = version;
    }

    void takeHost(String value) {
        host = !value.isEmpty();
        for (int i = 0; i < value.length(); i++) {
            if (!isOfHost(value.charAt(i))) {
                blame("Host: " + value + " (expected: name:port)"); // RFC 9112, section 3.2
                return;
            }
        }
    }

    /** What a name, an IPv4 or IPv6 address and a port consist of; the sub-delims of RFC 3986 occur in no real name. */
    static boolean isOfHost(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || ".-_~%:[]".indexOf(c) >= 0;
    }

    void takeLength(String value) {
        contentLength = 0;
        boolean digits = !value.isEmpty() && value.length() <= 18;
        for (int i = 0; digits && i < value.length(); i++) {
            digits = value.charAt(i) >= '0' && value.charAt(i) <= '9';
        }
        if (digits) {
            contentLength = Long.parseLong(value);
        } else {
            blame("Content-Length: " + value + " (expected: a number of bytes)");
        }
    }

    void takeEncoding(String value) {
        chunked = true;
        if (!value.equalsIgnoreCase("chunked")) {
            blame("Transfer-Encoding: " + value + " (expected: chunked)");
        }
    }

    /** The first fault found is told. */
    void blame(String why) {
        if (fault.isEmpty()) {
            fault = why;
        }
    }

    /** To be called after the last header. */
    void conclude() {
        if (chunked && contentLength >= 0) {
            blame("both Transfer-Encoding and Content-Length (expected: one of them)");
        } else if (chunked && version == HttpVersion.HTTP_1_0) {
            blame("Transfer-Encoding in HTTP/1.0");
        } else if (!host && version == HttpVersion.HTTP_1_1) {
            blame("no Host header");
        }
    }

    /** Why this cannot be one well-formed request, if so. */
    Optional<String> fault() {
        return fault.isEmpty() ? Optional.empty() : Optional.of(fault);
    }

    /** Declared, or -1. */
    long contentLength() {
        return contentLength;
    }

    boolean hasHost() {
        return host;
    }

    boolean chunked() {
        return chunked;
    }
}
