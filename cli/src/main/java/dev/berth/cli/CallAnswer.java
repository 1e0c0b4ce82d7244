package dev.berth.cli;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Optional;

/** What the gateway answered to a call. */
record CallAnswer(HttpResponse<InputStream> response, String callId, String service) {

    /** CH-70: a client looks at this before the status. */
    Optional<String> systemErrorCode() {
        return header("x-wx-system-error");
    }

    Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }
}
