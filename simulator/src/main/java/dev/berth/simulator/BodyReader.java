package dev.berth.simulator;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Reads a whole request into memory, the files of a form included, up to {@link #LIMIT} bytes. */
final class BodyReader {
    static final long LIMIT = 10 * 1024 * 1024;

    /** What was posted; a form with files has no body. */
    record Read(Buffer body, List<Media> media) {}

    /** There were more than {@link #LIMIT} bytes. */
    static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLarge() {
            super("the body has more than %d bytes".formatted(LIMIT), null, false, false);
        }
    }

    private final HttpServerRequest request;
    private final Promise<Read> promise = Promise.promise();
    private final Buffer body = Buffer.buffer();
    private final List<Media> media = new ArrayList<>();
    private long received;

    private BodyReader(HttpServerRequest request) {
        this.request = request;
    }

    /** To be called on the request's event loop, before anything has been read. */
    static Future<Read> read(HttpServerRequest request) {
        return new BodyReader(request).start();
    }

    private Future<Read> start() {
        boolean form = contentType().startsWith("multipart/form-data");
        if (form) {
            request.setExpectMultipart(true).uploadHandler(this::collect);
        }
        request.handler(chunk -> receive(chunk, form));
        request.exceptionHandler(promise::tryFail);
        request.endHandler(end -> promise.tryComplete(new Read(body, List.copyOf(media))));
        return promise.future();
    }

    private String contentType() {
        return Objects.requireNonNullElse(request.getHeader(HttpHeaders.CONTENT_TYPE), "")
                .toLowerCase(Locale.ROOT);
    }

    private void receive(Buffer chunk, boolean form) {
        received += chunk.length();
        if (received > LIMIT) {
            promise.tryFail(new TooLarge());
        } else if (!form) {
            body.appendBuffer(chunk);
        }
    }

    private void collect(HttpServerFileUpload upload) {
        Buffer content = Buffer.buffer();
        upload.handler(chunk -> {
            if (received <= LIMIT) {
                content.appendBuffer(chunk);
            }
        });
        upload.endHandler(end -> media.add(new Media(
                upload.name(),
                Objects.requireNonNullElse(upload.filename(), ""),
                Objects.requireNonNullElse(upload.contentType(), ""),
                content)));
    }
}
