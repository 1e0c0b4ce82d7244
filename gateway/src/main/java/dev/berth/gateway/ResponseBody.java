package dev.berth.gateway;

import dev.berth.core.Limits;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Consumer;

/** The service's body on its way to the caller: unchanged, counted (CH-34), no faster than the caller reads. */
final class ResponseBody {
    private final HttpClientResponse inbound;
    private final HttpServerResponse response;
    private long passed;

    ResponseBody(HttpClientResponse inbound, HttpServerResponse response) {
        this.inbound = inbound;
        this.response = response;
    }

    void pump(Runnable complete, Consumer<Throwable> broken, Runnable tooLarge) {
        inbound.exceptionHandler(broken::accept);
        inbound.endHandler(ended -> complete.run());
        inbound.handler(buffer -> {
            passed += buffer.length();
            if (passed > Limits.RESPONSE) {
                tooLarge.run();
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
