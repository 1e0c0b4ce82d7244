package dev.berth.openapi;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/** Who is told the outcome of a {@link Question}: exactly one of these, once, on the event loop that asked. */
interface Answering {
    /** Berth refused, or WeChat could not be asked. Nothing else was or will be told. */
    void denied(Denial denial);

    /** WeChat's answer, complete. */
    void answered(Answer answer, Buffer body);

    /**
     * WeChat's answer, whose body is on its way.
     *
     * @param body paused; pausing it holds WeChat back. Its end handler is told of a complete body only. Its exception handler
     *     is told of one that broke off: then the asker's connection is to be broken off too, so that it never takes a part
     *     for the whole
     */
    void streams(Answer answer, ReadStream<Buffer> body);
}
