package dev.berth.simulator;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One request to the open API and what became of it, without tokens and secrets.
 *
 * @param app the appid, where it could be told
 * @param api the name; empty where WeChat has nothing at the path
 * @param body the posted JSON; empty where none was posted, or too much
 * @param note what was posted that is no JSON, in words
 * @param status of HTTP; 0 when the connection was reset instead
 * @param answer the JSON of the answer; empty where it is none
 * @param fault the id of the fault that struck
 */
record JournalEntry(
        long id,
        Instant time,
        String rid,
        Optional<String> app,
        Optional<String> api,
        String method,
        String path,
        Map<String, String> query,
        Optional<JsonObject> body,
        Optional<String> note,
        int status,
        int errcode,
        Optional<JsonObject> answer,
        Optional<Long> fault,
        int size) {
    /** An entry that has no place in the journal yet. */
    @FunctionalInterface
    interface Draft {
        JournalEntry numbered(long id);
    }

    JsonObject json() {
        JsonObject json =
                new JsonObject().put("id", id).put("time", time.toString()).put("rid", rid);
        app.ifPresent(value -> json.put("app", value));
        api.ifPresent(value -> json.put("api", value));
        json.put("method", method).put("path", path).put("query", queryJson());
        body.ifPresent(value -> json.put("body", value));
        note.ifPresent(value -> json.put("note", value));
        json.put("status", status).put("errcode", errcode);
        answer.ifPresent(value -> json.put("answer", value));
        fault.ifPresent(value -> json.put("fault", value));
        return json;
    }

    JsonObject queryJson() {
        JsonObject json = new JsonObject();
        query.forEach(json::put);
        return json;
    }
}
