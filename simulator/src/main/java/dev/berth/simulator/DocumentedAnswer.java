package dev.berth.simulator;

import io.vertx.core.json.JsonObject;

/**
 * What an API answers that keeps no state: the example of its page, completed where the page lists a field that its
 * example leaves out or cuts short. Ids that the call named are those in the answer.
 */
final class DocumentedAnswer {
    private static final JsonObject COMPLETIONS = new JsonObject(Resources.read("openapi-completions.json"));

    private DocumentedAnswer() {}

    static Reply of(ApiCall call) {
        return Arguments.flaw(call).orElseGet(() -> example(call));
    }

    private static Reply example(ApiCall call) {
        return call.api()
                .contentType()
                .<Reply>map(type -> new Reply.Binary(type, Picture.of(type)))
                .orElseGet(() -> Reply.json(withIdsOf(call)));
    }

    private static JsonObject withIdsOf(ApiCall call) {
        JsonObject answer = complete(call.api());
        for (String field : answer.fieldNames()) {
            if (isId(field)
                    && answer.getValue(field) instanceof String
                    && !call.text(field).isEmpty()) {
                answer.put(field, call.text(field));
            }
        }
        return answer;
    }

    /** The answer in its documented shape. */
    static JsonObject complete(ApiDescription api) {
        return api.example().copy().mergeIn(COMPLETIONS.getJsonObject(api.name(), new JsonObject()));
    }

    private static boolean isId(String field) {
        return field.endsWith("id") || field.endsWith("Id");
    }
}
