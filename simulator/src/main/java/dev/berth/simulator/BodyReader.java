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
import java.util.regex.Pattern;

/** Reads a whole request into memory, the files of a form included, up to {@link #LIMIT} bytes. */
final class BodyReader {
    static final long LIMIT = 10 * 1024 * 1024;

    /** RFC 7578, section 4.1: a form without a boundary is none. */
    private static final Pattern FORM = Pattern.compile("multipart/form-data\\s*;.*boundary=\"?[^\\s\";].*");

    /** What was posted; a form with files has no body. */
    record Read(Buffer body, List<Media> media) {
        static final Read NOTHING = new Read(Buffer.buffer(), List.of());
    }

    /** What was sent cannot be taken. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final WeChatError error;

        Unreadable(WeChatError error) {
            super(error.text(), null, false, false);
            this.error = error;
        }

        WeChatError error() {
            return error;
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
        boolean form = FORM.matcher(contentType()).matches();
        if (form) {
            request.setExpectMultipart(true).uploadHandler(this::collect);
        }
        request.handler(chunk -> receive(chunk, form));
        request.exceptionHandler(failure -> promise.tryFail(new Unreadable(WeChatError.DATA_FORMAT_ERROR)));
        request.endHandler(end -> finish(form));
        return promise.future();
    }

    /** Only now, although too much was seen earlier: a client that still sends would not see the answer. */
    private void finish(boolean form) {
        if (received > LIMIT) {
            promise.tryFail(
                    new Unreadable(form ? WeChatError.MEDIA_SIZE_OUT_OF_LIMIT : WeChatError.CONTENT_SIZE_OUT_OF_LIMIT));
        } else {
            promise.tryComplete(new Read(body, List.copyOf(media)));
        }
    }

    private String contentType() {
        return Objects.requireNonNullElse(request.getHeader(HttpHeaders.CONTENT_TYPE), "")
                .toLowerCase(Locale.ROOT);
    }

    private void receive(Buffer chunk, boolean form) {
        received += chunk.length();
        if (!form && received <= LIMIT) {
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
