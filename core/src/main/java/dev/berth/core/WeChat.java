package dev.berth.core;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Port: WeChat's open APIs, for rooms that ask in somebody's name. Thread-safe. */
@FunctionalInterface
public interface WeChat {
    /** Never blocks, never fails: what goes wrong is in the answer. No token is to be given; one is added. */
    CompletionStage<Answer> ask(Question question);

    /**
     * @param asker of a function: its own permissions are the caller's to check, before this
     * @param appId in whose name; of a function's environment the owner, or an app that has a grant to it
     * @param path without query
     * @param query escaped, without a token; or empty
     * @param contentType of the body; empty if there is none
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Question(
            Asker asker,
            String appId,
            String method,
            String path,
            String query,
            Optional<String> contentType,
            byte[] body) {
        public Question {
            requireNonNull(asker, "asker is null");
            requireNonNull(appId, "appId is null");
            requireNonNull(method, "method is null");
            requireNonNull(path, "path is null");
            requireNonNull(query, "query is null");
            requireNonNull(contentType, "contentType is null");
            requireNonNull(body, "body is null");
        }

        /** Neither query nor body: an application may put anything there. */
        @Override
        public String toString() {
            return "Question[%s %s by %s]".formatted(method, path, asker);
        }
    }

    sealed interface Answer {}

    /** What WeChat said, with whatever errcode; the body is whole. */
    @SuppressWarnings("ArrayRecordComponent")
    record Answered(int status, String contentType, byte[] body) implements Answer {
        public Answered {
            requireNonNull(contentType, "contentType is null");
            requireNonNull(body, "body is null");
        }
    }

    /**
     * WeChat did not answer, or was not asked.
     *
     * @param reason for people: what to mend; holds no secret
     */
    record Unanswered(Cause cause, String reason) implements Answer {
        public Unanswered {
            requireNonNull(cause, "cause is null");
            requireNonNull(reason, "reason is null");
        }
    }

    enum Cause {
        /** Berth refused: no grant, no secret, cloud call switched off. */
        DENIED,
        /** WeChat did not answer in time. */
        TIMED_OUT,
        /** WeChat could not be reached, broke off, or gave no token. */
        BROKEN
    }
}
