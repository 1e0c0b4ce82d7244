package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What web pages may do: those of this machine everything, others nothing. */
class ForeignPagesTest extends WeChatTest {
    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:5173", "http://localhost:8080", "http://localhost", "http://[::1]:3000"})
    void aPageOfThisMachineMayAsk(String origin) {
        Browser.Page page = browser.get("/__sim__/users", "Origin", origin);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("access-control-allow-origin")).isEqualTo(origin);
    }

    @Test
    void aPageOfThisMachineMayAskBeforehand() {
        Browser.Page page = preflight("http://localhost:5173");

        assertThat(page.status()).isEqualTo(204);
        assertThat(page.header("access-control-allow-origin")).isEqualTo("http://localhost:5173");
        assertThat(page.header("access-control-allow-methods")).contains("GET", "POST", "PUT", "DELETE");
        assertThat(page.header("access-control-allow-headers")).contains("content-type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "https://evil.example",
                "http://localhost.evil.example",
                "http://127.0.0.1.evil.example:80",
                "http://evil.example/http://localhost",
                "null"
            })
    void aPageOfAnotherMachineMayNot(String origin) {
        Browser.Page asked = browser.send("POST", "/__sim__/users", "{\"name\":\"mallory\"}", "Origin", origin);

        assertThat(asked.status()).isEqualTo(403);
        assertThat(asked.error().getString("code")).isEqualTo("ORIGIN_FOREIGN");
        assertThat(asked.headers().firstValue("access-control-allow-origin")).isEmpty();
        assertThat(preflight(origin).status()).isEqualTo(403);
        assertThat(browser.get("/__sim__/users/mallory").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost:7083", "LOCALHOST", "[::1]:7083", "127.8.9.10:1"})
    void aLoopbackHostIsAnswered(String host) {
        assertThat(statusLine("/__sim__/users", "Host: " + host)).isEqualTo("HTTP/1.1 200 OK");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: localhost.evil.example:7083",
                "Host: 127.0.0.1.evil.example",
                "Host: 10.0.0.1",
                "Host:"
            })
    void anotherHostIsRefusedEverywhere(String header) {
        assertThat(statusLine("/__sim__/users", header)).isEqualTo("HTTP/1.1 403 Forbidden");
        assertThat(statusLine("/sns/jscode2session", header)).isEqualTo("HTTP/1.1 403 Forbidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: localhost:x", "Host: localhost@evil.example", "X-No-Host: 1"})
    void aHostThatIsMissingOrMalformedIsRefused(String header) {
        assertThat(statusLine("/__sim__/users", header)).isEqualTo("HTTP/1.1 400 Bad Request");
    }

    @Test
    void anAddressBeyondLoopbackIsRefusedUnlessAllowed() {
        assertThatThrownBy(() -> options().withHost("0.0.0.0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("host: 0.0.0.0")
                .hasMessageContaining("--allow-remote");
    }

    @Test
    void whereRemoteIsAllowedAnyHostIsAnswered() {
        restart(options -> options.withAllowRemote(true).withHost("0.0.0.0"));

        assertThat(statusLine("/__sim__/users", "Host: simulator.internal:7083"))
                .isEqualTo("HTTP/1.1 200 OK");
    }

    private Browser.Page preflight(String origin) {
        return browser.send(
                "OPTIONS",
                "/__sim__/codes",
                "",
                "Origin",
                origin,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "content-type");
    }

    private String statusLine(String path, String header) {
        return RawHttp.get(simulator.port(), path, header).lines().findFirst().orElse("");
    }
}
