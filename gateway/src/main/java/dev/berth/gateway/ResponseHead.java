package dev.berth.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The head of a service's answer as the caller gets it (docs/spec/channel.md, section 7). */
final class ResponseHead {
    private ResponseHead() {}

    static Optional<Long> declaredLength(HttpClientResponse inbound) {
        String length = inbound.headers().get("content-length");
        try {
            return length == null ? Optional.empty() : Optional.of(Long.parseLong(length));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static void write(
            HttpClientResponse inbound,
            HttpServerResponse response,
            HttpServerRequest request,
            InboundHead head,
            GatewayOptions options,
            CallTimes times,
            Answers answers) {
        response.setStatusCode(inbound.statusCode());
        if (!inbound.statusMessage().isEmpty()) {
            response.setStatusMessage(inbound.statusMessage());
        }
        MultiMap headers = response.headers();
        inbound.headers().forEach((name, value) -> {
            if (passes(name)) {
                headers.add(name, value);
            }
        });
        dropConnectionListed(inbound, headers);
        answers.writeCallHeaders(headers);
        headers.add(HeaderNames.UPSTREAM_STATUS, Integer.toString(inbound.statusCode())); // CH-68
        headers.add(HeaderNames.UPSTREAM_TIME, Long.toString(times.serviceMillis()));
        if (head.berthClient()) {
            makeReadableByFetch(inbound, response);
        }
        BrowserAccess.expose(options.origins(), head.origin(), headers);
        if (needsChunks(inbound, request)) {
            response.setChunked(true);
        } else if (endsWithConnection(response, request)) {
            request.connection().shutdown(); // once the answer has gone
            response.headersEndHandler(sent -> headers.set("connection", "close"));
        }
    }

    /** RFC 9112, section 6.3: a body of unknown length for a client that knows no chunks. */
    static boolean endsWithConnection(HttpServerResponse response, HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_0 && !response.headers().contains("content-length");
    }

    /** RFC 9110, section 6.5.1: to a caller who has said that it reads them. */
    static void writeTrailers(HttpClientResponse inbound, HttpServerResponse response, HttpServerRequest request) {
        if (inbound.trailers().isEmpty() || !response.isChunked()) {
            return;
        }
        String wanted = request.headers().get("te");
        if (wanted != null && wanted.toLowerCase(Locale.ROOT).contains("trailers")) {
            inbound.trailers().forEach((name, value) -> {
                if (passes(name)) {
                    response.putTrailer(name, value);
                }
            });
        }
    }

    private static boolean passes(String name) {
        return switch (name.isEmpty() ? ' ' : name.charAt(0)) {
            case 'x', 'X', 'c', 'C', 'k', 'K', 'p', 'P', 't', 'T', 'u', 'U' ->
                passesNamed(name.toLowerCase(Locale.ROOT));
            default -> true;
        };
    }

    private static boolean passesNamed(String name) {
        return switch (name) {
            case "connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade" -> false;
            default ->
                !name.startsWith("x-wx-") // CH-70: a service cannot play the platform
                        && !name.startsWith("x-berth-")
                        && !name.startsWith("x-cloudbase-")
                        && !name.startsWith("proxy-");
        };
    }

    private static void dropConnectionListed(HttpClientResponse inbound, MultiMap headers) {
        String connection = inbound.headers().get("connection");
        if (connection == null || connection.equalsIgnoreCase("keep-alive") || connection.equalsIgnoreCase("close")) {
            return;
        }
        for (String name : connection.split(",", -1)) {
            headers.remove(name.strip());
        }
    }

    /** CH-140: what {@code fetch} hides from a page is repeated where the page can see it. */
    private static void makeReadableByFetch(HttpClientResponse inbound, HttpServerResponse response) {
        MultiMap headers = response.headers();
        List<String> cookies = inbound.headers().getAll("set-cookie");
        if (!cookies.isEmpty()) {
            headers.add("x-berth-set-cookie", cookies);
        }
        String location = inbound.headers().get("location");
        if (inbound.statusCode() == 302) {
            response.setStatusCode(200).setStatusMessage("OK");
            headers.add("x-berth-status", "302");
            if (location != null) {
                headers.add("x-berth-location", location);
            }
        }
    }

    private static boolean needsChunks(HttpClientResponse inbound, HttpServerRequest request) {
        return inbound.headers().get("content-length") == null
                && request.version() != HttpVersion.HTTP_1_0
                && !request.method().equals(HttpMethod.HEAD)
                && inbound.statusCode() != 204
                && inbound.statusCode() != 304;
    }
}
