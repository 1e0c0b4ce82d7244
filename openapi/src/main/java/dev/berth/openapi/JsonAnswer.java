package dev.berth.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;

/** WeChat's JSON for those of Berth's rooms that need it. Lives on one event loop. */
record JsonAnswer(String path, Promise<JsonNode> outcome) implements WholeAnswering.Receiver {
    static final int LONGEST = 4 * 1024 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public void denied(Denial denial) {
        fail("OPEN_API_DENIED", denial.reason());
    }

    @Override
    public void whole(Answer answer, Buffer body) {
        try {
            JsonNode json = JSON.readTree(body.getBytes());
            if (!json.isMissingNode()) {
                outcome.tryComplete(json);
                return;
            }
        } catch (IOException e) {
            // told below
        }
        broke("WeChat answered HTTP %d without JSON".formatted(answer.status()));
    }

    @Override
    public void broke(String what) {
        fail("OPEN_API_ANSWER", what);
    }

    private void fail(String code, String message) {
        outcome.tryFail(new BerthException(
                new Problem(code, "openapi", "%s: %s".formatted(path, message), "Mend what it says and try again.")));
    }
}
