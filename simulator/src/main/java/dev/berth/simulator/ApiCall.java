package dev.berth.simulator;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A call of an open API by an app.
 *
 * @param app whose token the call showed
 */
record ApiCall(App app, ApiRequest request) {
    ApiDescription api() {
        return request.api();
    }

    /** Empty when the parameter is missing. */
    String query(String name) {
        return request.query(name);
    }

    JsonObject body() {
        return request.body();
    }

    /** The field of the body; empty when it is missing or not a text. */
    String text(String field) {
        return request.text(field);
    }

    Optional<Media> media() {
        return request.media();
    }

    Instant now() {
        return request.now();
    }

    Handle handle() {
        return request.handle();
    }

    Chance chance() {
        return request.chance();
    }

    /** This error, with the text that the API's own page has for it, or else WeChat's common one. */
    Reply denied(int errcode) {
        return request.denied(errcode);
    }
}
