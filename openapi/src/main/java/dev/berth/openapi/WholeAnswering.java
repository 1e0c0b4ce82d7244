package dev.berth.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;

/** Waits for WeChat's JSON as a whole. Lives on one event loop. */
final class WholeAnswering implements Answering {
    private static final int LONGEST = 4 * 1024 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String path;
    private final Promise<JsonNode> outcome;
    private final Buffer read = Buffer.buffer();

    WholeAnswering(String path, Promise<JsonNode> outcome) {
        this.path = path;
        this.outcome = outcome;
    }

    @Override
    public void denied(Denial denial) {
        fail("OPEN_API_DENIED", denial.reason());
    }

    @Override
    public void answered(Answer answer, Buffer body) {
        try {
            JsonNode json = JSON.readTree(body.getBytes());
            if (!json.isMissingNode()) {
                outcome.tryComplete(json);
                return;
            }
        } catch (IOException e) {
            // told below
        }
        fail("OPEN_API_ANSWER", "WeChat answered HTTP %d without JSON".formatted(answer.status()));
    }

    @Override
    public void streams(Answer answer, ReadStream<Buffer> body) {
        body.exceptionHandler(failure -> fail("OPEN_API_ANSWER", "WeChat broke off its answer"));
        body.endHandler(end -> answered(answer, read));
        body.handler(part -> {
            if (read.length() + part.length() > LONGEST) {
                body.handler(ignored -> {});
                fail("OPEN_API_ANSWER", "WeChat answered more than %d bytes".formatted(LONGEST));
            } else {
                read.appendBuffer(part);
            }
        });
        body.resume();
    }

    private void fail(String code, String message) {
        outcome.tryFail(new BerthException(
                new Problem(code, "openapi", "%s: %s".formatted(path, message), "Mend what it says and try again.")));
    }
}
