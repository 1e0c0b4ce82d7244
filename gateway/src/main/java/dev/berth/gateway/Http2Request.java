package dev.berth.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What HTTP/2 writes differently from HTTP/1.1, and what its decoder lets pass although HTTP/1.1 would be torn by it.
 * Settled here, so that everything behind need not know which of the two was spoken (RFC 9113, section 8).
 */
final class Http2Request {
    private Http2Request() {}

    static boolean is(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2;
    }

    static InboundHead read(HttpServerRequest request) {
        return read(request, ServerPipeline.hasBody(request));
    }

    static InboundHead read(HttpServerRequest request, boolean hasBody) {
        MultiMap headers = request.headers();
        Optional<String> fault = fault(headers);
        nameHost(request.authority(), headers);
        joinCookies(headers);
        InboundHead head = InboundHead.read(request);
        fault.ifPresent(head.framing()::blame);
        if (!head.framing().hasHost()) {
            head.framing().blame("neither :authority nor host");
        }
        if (hasBody && head.framing().contentLength() < 0) {
            head.framing().takeEncoding("chunked"); // as it goes on to the service
        }
        return head;
    }

    /** RFC 9113, section 8.2.1: names and values that could end a line, or begin a header, in HTTP/1.1. CH-79. */
    private static Optional<String> fault(MultiMap headers) {
        for (Map.Entry<String, String> header : headers) {
            if (!isToken(header.getKey())) {
                return Optional.of("a header name holds what no name may hold");
            }
            if (!isFieldValue(header.getValue())) {
                return Optional.of(header.getKey() + " holds a character that no value may hold");
            }
        }
        return Optional.empty();
    }

    /** RFC 9113, section 8.3.1: whoever goes on in HTTP/1.1 makes Host of :authority. */
    private static void nameHost(HostAndPort authority, MultiMap headers) {
        if (authority != null && !headers.contains("host")) {
            headers.set("host", authority.toString());
        }
    }

    /** RFC 9113, section 8.2.3. */
    private static void joinCookies(MultiMap headers) {
        List<String> crumbs = headers.getAll("cookie");
        if (crumbs.size() > 1) {
            headers.set("cookie", String.join("; ", crumbs));
        }
    }

    private static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isOfToken(name.charAt(i))) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** RFC 9110, section 5.6.2. Netty has refused names with upper case. */
    static boolean isOfToken(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    /** RFC 9110, section 5.5. */
    private static boolean isFieldValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                return false;
            }
        }
        return value.equals(value.strip());
    }
}
