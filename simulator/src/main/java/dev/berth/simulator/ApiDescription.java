package dev.berth.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An open API as its page describes it; source: docs/spec/openapi-names.json.
 *
 * @param name the name of the cloud call, such as {@code wxacode.get}
 * @param method {@code GET} or {@code POST}
 * @param query names of parameters in the query
 * @param body names of fields of the posted JSON, as far as the source lists them
 * @param media names of form fields that hold an upload
 * @param contentType of a binary answer; empty when the answer is JSON
 * @param example an answer in the documented shape; empty when the answer is binary
 * @param errors the texts of the errors that the page lists, by number
 * @param needsToken false for what signs users in and what gives tokens
 */
record ApiDescription(
        String name,
        String method,
        String path,
        List<String> query,
        List<String> body,
        List<String> media,
        Optional<String> contentType,
        JsonObject example,
        Map<Integer, String> errors,
        Optional<String> note,
        boolean needsToken) {
    static ApiDescription read(JsonObject json) {
        return new ApiDescription(
                json.getString("name"),
                json.getString("method"),
                json.getString("path"),
                texts(json, "query"),
                texts(json, "body"),
                texts(json, "media"),
                Optional.ofNullable(json.getString("content_type")),
                json.getJsonObject("example_response", new JsonObject()),
                errors(json.getJsonArray("errors", new JsonArray())),
                Optional.ofNullable(json.getString("note")),
                json.getBoolean("needs_token", true));
    }

    boolean isGet() {
        return method.equals("GET");
    }

    /** Whether a JSON object must be posted: not where a file is, or where all parameters are in the query. */
    boolean needsJson() {
        return !isGet() && media.isEmpty() && (query.isEmpty() || !body.isEmpty());
    }

    /** The page's own text for an error, else WeChat's common one. */
    String errorText(int errcode) {
        String own = errors.get(errcode);
        return own == null ? ErrorTexts.of(errcode) : own;
    }

    private static List<String> texts(JsonObject json, String field) {
        return json.getJsonArray(field, new JsonArray()).stream()
                .map(String.class::cast)
                .toList();
    }

    private static Map<Integer, String> errors(JsonArray errors) {
        return errors.stream()
                .map(JsonObject.class::cast)
                .collect(Collectors.toUnmodifiableMap(
                        error -> error.getInteger("errcode"),
                        error -> error.getString("errmsg"),
                        (first, second) -> first));
    }
}
