package dev.berth.openapi;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.Locale;

/**
 * Reads an answer as a whole if it may hold an errcode: JSON or text of at most 64 KiB. Others are streamed. Lives on one
 * event loop.
 */
final class AnswerReader {
    static final int LARGEST_WHOLE = 64 * 1024;

    /** Told of either {@link #whole}, or {@link #streams} and then {@link #streamed}; or of {@link #broke} instead of the end. */
    interface Receiver {
        void moved();

        void whole(Answer answer, Buffer body);

        void streams(Answer answer, StreamedBody body);

        void streamed(Answer answer);

        void broke(Answer answer, Throwable failure);
    }

    private final HttpClientResponse response;
    private final Answer answer;
    private final long expected;
    private final boolean bodiless;
    private final Receiver receiver;
    private final Buffer read = Buffer.buffer();
    private boolean handedOn;

    AnswerReader(HttpMethod method, HttpClientResponse response, Receiver receiver) {
        this.response = response;
        this.answer = Answer.of(response);
        this.receiver = receiver;
        this.bodiless = method.equals(HttpMethod.HEAD) || answer.status() == 204 || answer.status() == 304;
        this.expected = bodiless ? 0 : answer.length();
    }

    void read() {
        if (!bodiless && (answer.length() > LARGEST_WHOLE || !mayHoldErrcode())) {
            stream(read);
            return;
        }
        response.exceptionHandler(failure -> {
            if (!handedOn) {
                handedOn = true;
                receiver.broke(answer, failure);
            }
        });
        response.endHandler(end -> end());
        response.handler(this::append);
    }

    private boolean mayHoldErrcode() {
        String type = response.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null) {
            return true;
        }
        String lowerCase = type.toLowerCase(Locale.ROOT);
        return lowerCase.startsWith("application/json") || lowerCase.startsWith("text/");
    }

    private void append(Buffer part) {
        receiver.moved();
        read.appendBuffer(part);
        if (read.length() > LARGEST_WHOLE && !handedOn) {
            stream(read);
        }
    }

    private void end() {
        if (handedOn) {
            return;
        }
        handedOn = true;
        if (expected >= 0 && read.length() != expected) {
            receiver.broke(
                    answer, new IllegalStateException("%d bytes (expected: %d)".formatted(read.length(), expected)));
        } else {
            receiver.whole(answer, read);
        }
    }

    private void stream(Buffer early) {
        handedOn = true;
        StreamedBody body = new StreamedBody(response, early, expected, new StreamedBody.Watch() {
            @Override
            public void moved() {
                receiver.moved();
            }

            @Override
            public void complete() {
                receiver.streamed(answer);
            }

            @Override
            public void broke(Throwable failure) {
                receiver.broke(answer, failure);
            }
        });
        receiver.streams(answer, body);
    }
}
