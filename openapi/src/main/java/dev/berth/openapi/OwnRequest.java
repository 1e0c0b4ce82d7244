package dev.berth.openapi;

import dev.berth.core.Asker;
import dev.berth.core.OpenApiRecord;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A request that Berth makes by itself, with a secret in it: a code, or a token. Small, once, and recorded. What goes wrong
 * is told without the words of exceptions, which may hold the address and with it the secret. Thread-safe.
 */
final class OwnRequest {
    static final int LONGEST_ANSWER = 64 * 1024;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(8);

    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        private final String what;

        private Failed(String what) {
            super(what, null, false, false);
            this.what = what;
        }
    }

    private final Clients clients;
    private final OpenApiRecord.Recorder recorder;
    private final InstantSource clock;
    private final Duration within;

    /** @param answerWithin if less than 8 seconds; browsers and the leases of renewals do not wait longer */
    OwnRequest(Clients clients, OpenApiRecord.Recorder recorder, InstantSource clock, Duration answerWithin) {
        this.within = answerWithin.compareTo(LONGEST_WAIT) < 0 ? answerWithin : LONGEST_WAIT;
        this.clients = clients;
        this.recorder = recorder;
        this.clock = clock;
    }

    /**
     * @param uri path and query
     * @param json body
     * @return the body of an answer with status 200, or {@link Failed} within 13 seconds
     */
    Future<Buffer> send(String appId, HttpMethod method, String uri, Optional<Buffer> json) {
        Instant at = clock.instant();
        long begun = System.nanoTime();
        String path = uri.indexOf('?') < 0 ? uri : uri.substring(0, uri.indexOf('?'));
        return clients.own()
                .request(clients.request(method, uri))
                .recover(failure -> failed("cannot be reached (" + Printable.kind(failure) + ")"))
                .compose(request -> exchange(request, json))
                .andThen((answer, failure) -> recorder.record(new OpenApiRecord(
                        at,
                        new Asker.PlatformAsker(),
                        appId,
                        method.name(),
                        path,
                        failure == null ? 200 : 0,
                        failure == null ? Errcode.of(answer) : Errcode.NONE,
                        1,
                        Optional.ofNullable(failure)
                                .map(why -> "WeChat at %s %s".formatted(clients.baseUrl(), complaint(why))),
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun))));
    }

    /** What is wrong, to be put after "WeChat at …". */
    static String complaint(Throwable failure) {
        return failure instanceof Failed failed ? failed.what : "could not be asked";
    }

    private Future<Buffer> exchange(HttpClientRequest request, Optional<Buffer> json) {
        request.exceptionHandler(told -> {}); // by the response's future as well
        Future<HttpClientResponse> sent = json.isPresent()
                ? request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .send(json.get())
                : request.send();
        return sent.compose(OwnRequest::read)
                .timeout(within.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> {
                    request.reset();
                    return failure instanceof Failed
                            ? Future.failedFuture(failure)
                            : failed("did not answer (" + Printable.kind(failure) + ")");
                });
    }

    private static Future<Buffer> read(HttpClientResponse response) {
        Promise<Buffer> whole = Promise.promise();
        Buffer read = Buffer.buffer();
        response.exceptionHandler(whole::tryFail);
        response.endHandler(end -> whole.tryComplete(read));
        response.handler(part -> {
            if (read.length() + part.length() > LONGEST_ANSWER) {
                whole.tryFail(new Failed("answered more than " + LONGEST_ANSWER + " bytes"));
            } else {
                read.appendBuffer(part);
            }
        });
        return response.statusCode() == 200 ? whole.future() : failed("answered HTTP " + response.statusCode());
    }

    private static <T> Future<T> failed(String what) {
        return Future.failedFuture(new Failed(what));
    }
}
