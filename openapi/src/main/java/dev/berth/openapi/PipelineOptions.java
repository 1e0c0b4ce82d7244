package dev.berth.openapi;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;

/**
 * @param baseUrl {@code https://api.weixin.qq.com}, or the simulator's: scheme, host and port
 * @param deny form of the denial of a path that is not in the list
 * @param tokens how tokens are asked for
 * @param connections at most, to WeChat; more calls wait
 * @param queue calls that may wait for a connection; more are denied
 * @param answerWithin the longest silence of WeChat, or of an asker that sends or reads a body
 */
public record PipelineOptions(
        URI baseUrl, DenyForm deny, TokenSource tokens, int connections, int queue, Duration answerWithin) {
    /** Where tokens come from. */
    public enum TokenSource {
        /** {@code POST /cgi-bin/stable_token}: others that ask for a token do not make this one invalid. */
        STABLE_TOKEN,
        /** {@code GET /cgi-bin/token}: each request makes the token before invalid, within five minutes. */
        TOKEN
    }

    public PipelineOptions {
        requireNonNull(baseUrl, "baseUrl is null");
        requireNonNull(deny, "deny is null");
        requireNonNull(tokens, "tokens is null");
        requireNonNull(answerWithin, "answerWithin is null");
        requireAtLeast("connections", connections, 1);
        requireAtLeast("queue", queue, 0);
        if (!answerWithin.isPositive()) {
            throw new IllegalArgumentException("answerWithin: %s (expected: > 0)".formatted(answerWithin));
        }
    }

    public static PipelineOptions of(URI baseUrl) {
        return new PipelineOptions(
                baseUrl, DenyForm.NOT_LISTED, TokenSource.STABLE_TOKEN, 64, 1000, Duration.ofSeconds(30));
    }

    public PipelineOptions withDeny(DenyForm value) {
        return new PipelineOptions(baseUrl, value, tokens, connections, queue, answerWithin);
    }

    public PipelineOptions withTokens(TokenSource value) {
        return new PipelineOptions(baseUrl, deny, value, connections, queue, answerWithin);
    }

    public PipelineOptions withLimits(int mostConnections, int longestQueue, Duration longestSilence) {
        return new PipelineOptions(baseUrl, deny, tokens, mostConnections, longestQueue, longestSilence);
    }

    private static void requireAtLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException("%s: %d (expected: >= %d)".formatted(name, value, least));
        }
    }
}
