package dev.berth.simulator;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A call of an open API.
 *
 * @param query every parameter's first value
 * @param body what was posted; empty for an API that takes no JSON
 * @param media the uploaded file, of an API that takes one
 * @param handle the transaction in which the call is answered
 * @param chance everything random in the answer comes from here, so that a seed repeats it
 */
record ApiRequest(
        ApiDescription api,
        Map<String, String> query,
        JsonObject body,
        Optional<Media> media,
        Instant now,
        Handle handle,
        Chance chance) {
    /** Empty when the parameter is missing. */
    String query(String name) {
        return Objects.requireNonNullElse(query.get(name), "");
    }

    /** The field of the body; empty when it is missing or not a text. */
    String text(String field) {
        return body.getValue(field) instanceof String text ? text : "";
    }

    /** This error, with the text that the API's own page has for it, or else WeChat's common one. */
    Reply denied(int errcode) {
        return Reply.denied(errcode, api.errorText(errcode));
    }

    /** Without query and body, which may hold tokens and secrets. */
    @Override
    public String toString() {
        return "ApiRequest[%s]".formatted(api.name());
    }
}
