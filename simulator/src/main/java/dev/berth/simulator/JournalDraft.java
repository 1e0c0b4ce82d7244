package dev.berth.simulator;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/** What the journal keeps of a call. */
final class JournalDraft {
    /** A longer body or answer is told by its length. */
    static final int LONGEST_BODY = 16 * 1024;

    private JournalDraft() {}

    static JournalEntry.Draft of(Incoming call, Outcome outcome, String rid, Instant now) {
        Optional<JsonObject> body = body(call);
        Optional<Kept> answer = answer(outcome);
        int size = call.path().length()
                + call.query().values().stream().mapToInt(String::length).sum()
                + body.map(json -> call.body().length()).orElse(0)
                + answer.map(Kept::length).orElse(0);
        return id -> new JournalEntry(
                id,
                now,
                rid,
                outcome.appid(),
                outcome.api(),
                call.method(),
                call.path(),
                Masked.query(call.query()),
                body,
                note(call, body),
                status(outcome),
                errcode(outcome.reply()),
                answer.map(Kept::json),
                outcome.fault().map(Fault.Struck::id),
                size);
    }

    private static Optional<JsonObject> body(Incoming call) {
        if (call.body().length() == 0 || call.body().length() > LONGEST_BODY) {
            return Optional.empty();
        }
        try {
            return Optional.of(Masked.json(new JsonObject(call.body())));
        } catch (DecodeException | ClassCastException e) {
            return Optional.empty();
        }
    }

    /** A body that cannot be read could hold a secret anywhere, so only its length is told. */
    private static Optional<String> note(Incoming call, Optional<JsonObject> body) {
        if (!call.media().isEmpty()) {
            Media file = call.media().getFirst();
            return Optional.of("a file of %d bytes in the field %s"
                    .formatted(file.content().length(), file.field()));
        }
        boolean told = body.isPresent() || call.body().length() == 0;
        return told
                ? Optional.empty()
                : Optional.of("%d bytes".formatted(call.body().length()));
    }

    private static int status(Outcome outcome) {
        return outcome.fault().map(struck -> status(struck.effect())).orElse(200);
    }

    private static int status(Fault.Effect effect) {
        return switch (effect) {
            case Fault.Status status -> status.status();
            case Fault.Reset() -> 0;
            case Fault.None() -> 200;
            case Fault.Errcode error -> 200;
            case Fault.ExpiredToken() -> 200;
            case Fault.Garbled garbled -> 200;
        };
    }

    private static int errcode(Reply reply) {
        return switch (reply) {
            case Reply.Denied denied -> denied.errcode();
            case Reply.Json json -> json.body().getValue("errcode") instanceof Integer code ? code : 0;
            case Reply.Binary binary -> 0;
        };
    }

    private record Kept(JsonObject json, int length) {
        static Optional<Kept> of(JsonObject json) {
            int length = json.encode().length();
            return length > LONGEST_BODY ? Optional.empty() : Optional.of(new Kept(json, length));
        }
    }

    private static Optional<Kept> answer(Outcome outcome) {
        return switch (outcome.reply()) {
            case Reply.Denied denied ->
                Kept.of(new JsonObject().put("errcode", denied.errcode()).put("errmsg", denied.text()));
            case Reply.Json json -> Kept.of(Masked.json(json.body()));
            case Reply.Binary binary -> Optional.empty();
        };
    }
}
