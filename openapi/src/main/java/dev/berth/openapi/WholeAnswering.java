package dev.berth.openapi;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/** Waits for WeChat's answer as a whole. Lives on one event loop. */
final class WholeAnswering implements Answering {
    /** Told of one outcome. */
    interface Receiver {
        void denied(Denial denial);

        void whole(Answer answer, Buffer body);

        /** @param what WeChat did wrong */
        void broke(String what);
    }

    private final int longest;
    private final Receiver receiver;
    private final Buffer read = Buffer.buffer();

    /** @param longest bytes of a body; what is longer breaks */
    WholeAnswering(int longest, Receiver receiver) {
        this.longest = longest;
        this.receiver = receiver;
    }

    @Override
    public void denied(Denial denial) {
        receiver.denied(denial);
    }

    @Override
    public void answered(Answer answer, Buffer body) {
        receiver.whole(answer, body);
    }

    @Override
    public void streams(Answer answer, ReadStream<Buffer> body) {
        body.exceptionHandler(failure -> receiver.broke("WeChat broke off its answer"));
        body.endHandler(end -> receiver.whole(answer, read));
        body.handler(part -> {
            if (read.length() + part.length() > longest) {
                body.handler(ignored -> {});
                body.endHandler(ignored -> {});
                body.exceptionHandler(ignored -> {});
                receiver.broke("WeChat answered more than %d bytes".formatted(longest));
            } else {
                read.appendBuffer(part);
            }
        });
        body.resume();
    }
}
