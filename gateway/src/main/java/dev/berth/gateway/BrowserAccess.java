package dev.berth.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** What the pages of other origins may do and see (CH-140). Credentials are never used. */
final class BrowserAccess {
    private static final List<String> OWN_HEADERS = List.of(
            "access-control-allow-origin",
            "access-control-allow-credentials",
            "access-control-expose-headers",
            "access-control-allow-methods",
            "access-control-allow-headers");

    private BrowserAccess() {}

    static void answerPreflight(BrowserOrigins origins, InboundHead head, HttpServerRequest request) {
        if (!origins.allow(head.origin())) {
            request.response()
                    .setStatusCode(403)
                    .putHeader("content-type", "text/plain; charset=utf-8")
                    .end("origin: " + head.origin()
                            + " (expected: one that is configured). Add it to gateway.origins in the configuration.\n");
            return;
        }
        request.response()
                .setStatusCode(204)
                .putHeader("access-control-allow-origin", head.origin())
                .putHeader("vary", "Origin")
                .putHeader("access-control-allow-methods", "GET, HEAD, POST, PUT, DELETE, OPTIONS")
                .putHeader("access-control-max-age", "600");
        String asked = head.forwarded().get("access-control-request-headers");
        if (asked != null) {
            request.response().putHeader("access-control-allow-headers", asked);
        }
        request.response().end();
    }

    static void expose(BrowserOrigins origins, String origin, MultiMap headers) {
        if (!origins.allow(origin)) {
            return;
        }
        OWN_HEADERS.forEach(headers::remove);
        headers.add("access-control-allow-origin", origin);
        headers.add("access-control-expose-headers", "*");
        headers.add("vary", "Origin");
    }
}
