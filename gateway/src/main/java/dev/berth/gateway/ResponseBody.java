package dev.berth.gateway;

import dev.berth.core.Limits;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Consumer;

/** The service's body on its way to the caller: unchanged, counted (CH-34), no faster than the caller reads. */
final class ResponseBody {
    private final HttpClientResponse inbound;
    private final HttpServerResponse response;
    private final long declared;
    private Buffer last = Buffer.buffer();
    private long passed;

    /** @param declared length, or -1 */
    ResponseBody(HttpClientResponse inbound, HttpServerResponse response, long declared) {
        this.inbound = inbound;
        this.response = response;
        this.declared = declared;
    }

    /** @param complete given the last part of the body, so that it can leave together with the end */
    void pump(Consumer<Buffer> complete, Consumer<Throwable> broken, Runnable tooLarge) {
        inbound.exceptionHandler(broken::accept);
        inbound.endHandler(ended -> complete.accept(last));
        inbound.handler(buffer -> {
            passed += buffer.length();
            if (passed > Limits.RESPONSE) {
                tooLarge.run();
                return;
            }
            if (passed == declared) {
                last = buffer;
                return;
            }
            response.write(buffer);
            if (response.writeQueueFull()) {
                inbound.pause();
                response.drainHandler(drained -> inbound.resume());
            }
        });
    }
}
