package dev.berth.simulator;

import io.vertx.core.json.JsonObject;

/** What an API answers that keeps no state: the example of its page. Ids that the call named are those in the answer. */
final class DocumentedAnswer {
    private DocumentedAnswer() {}

    static Reply of(ApiCall call) {
        return call.api()
                .contentType()
                .<Reply>map(type -> new Reply.Binary(type, Picture.of(type)))
                .orElseGet(() -> Reply.json(withIdsOf(call)));
    }

    private static JsonObject withIdsOf(ApiCall call) {
        JsonObject answer = call.api().example().copy();
        for (String field : answer.fieldNames()) {
            boolean sent = call.body().getValue(field) instanceof String text && !text.isEmpty();
            if (sent && isId(field) && answer.getValue(field) instanceof String) {
                answer.put(field, call.text(field));
            }
        }
        return answer;
    }

    private static boolean isId(String field) {
        return field.endsWith("id") || field.endsWith("Id");
    }
}
