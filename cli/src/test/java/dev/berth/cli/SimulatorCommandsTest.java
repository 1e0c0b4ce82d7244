package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatorCommandsTest {
    @TempDir
    Path folder;

    private final ServerDouble server = new ServerDouble();

    @BeforeEach
    void describe() {
        server.describedIn(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void inbox() {
        String inbox = "/api/v1/simulator/users/alice/inbox";
        server.on("GET " + inbox, """
                {"messages":[{"app":"wx1","kind":"CUSTOMER_MESSAGE","time":"2026-01-01T00:00:00.5Z","content":{"msgtype":"text"}}]}""");
        assertThat(Typed.in(folder, "inbox", "alice").out()).isEqualTo("""
                AT                      APP  KIND              CONTENT
                2026-01-01T00:00:00.5Z  wx1  CUSTOMER_MESSAGE  {"msgtype":"text"}
                """);
        assertThat(Typed.in(folder, "inbox", "alice", "--json").out()).startsWith("{\"messages\":[");
        server.on("GET " + inbox, "{\"messages\":[]}").on("DELETE " + inbox, "{}");
        assertThat(Typed.in(folder, "inbox", "alice").out()).isEqualTo("Nothing was sent to alice.\n");
        assertThat(Typed.in(folder, "inbox", "alice", "--clear").out()).isEqualTo("The inbox of alice is empty.\n");
    }

    @Test
    void faults() {
        String faults = "/api/v1/simulator/faults";
        server.on("GET " + faults, """
                {"faults":[{"id":1,"api":"/wxa/a","count":2,"probability":1.0,"delay":"20ms","errcode":45009,"struck":0},
                           {"id":2,"user":"alice","probability":0.2,"reset":true,"struck":7}]}""");
        assertThat(Typed.in(folder, "faults").out()).isEqualTo("""
                ID  API     APP  USER   COUNT  STRUCK  WHAT
                1   /wxa/a  -    -      2      0       delay 20ms, errcode 45009
                2   -       -    alice  -      7       probability 0.2, reset true
                """);
        server.on("POST " + faults, "{\"id\":3,\"errcode\":45009,\"struck\":0}")
                .on("DELETE " + faults, "{}")
                .on("DELETE " + faults + "/3", "{}");
        assertThat(Typed.in(folder, "faults", "add", "--api", "/wxa/a", "--errcode", "45009", "--count", "2")
                        .out())
                .isEqualTo("Fault 3 is set: errcode 45009. Take it back with: ./berth faults clear 3\n");
        assertThat(server.lastAsked().text()).isEqualTo("{\"api\":\"/wxa/a\",\"count\":2,\"errcode\":45009}");
        Typed.in(folder, "faults", "add", "--delay", "2s", "--probability", "0.5", "--expired-token");
        assertThat(server.lastAsked().text()).isEqualTo("{\"probability\":0.5,\"delay\":\"2s\",\"expiredToken\":true}");
        assertThat(Typed.in(folder, "faults", "clear", "3").out()).isEqualTo("Fault 3 is taken back.\n");
        assertThat(Typed.in(folder, "faults", "clear").out()).isEqualTo("Nothing goes wrong any more.\n");
        server.on("GET " + faults, "{\"faults\":[]}");
        assertThat(Typed.in(folder, "faults").out()).contains("Nothing goes wrong.");
    }

    @Test
    void journal() {
        server.on("GET /api/v1/simulator/journal", """
                {"entries":[{"id":1,"time":"2026-01-01T00:00:00Z","rid":"r","app":"wx1","api":"a","method":"POST","path":"/wxa/a",
                 "query":{},"body":{},"status":200,"errcode":45009,"answer":{},"fault":3}],"more":0,"last":1,"forgotten":0}""");
        assertThat(Typed.in(folder, "journal", "--api", "/wxa/a", "-n", "5").out())
                .isEqualTo("""
                ID  AT                    APP  METHOD  PATH    STATUS  ERRCODE  FAULT
                1   2026-01-01T00:00:00Z  wx1  POST    /wxa/a  200     45009    3
                """);
        assertThat(server.lastAsked().path()).isEqualTo("/api/v1/simulator/journal?limit=5&api=%2Fwxa%2Fa");
        server.on("DELETE /api/v1/simulator/journal", "{}");
        assertThat(Typed.in(folder, "journal", "clear").out()).isEqualTo("The journal is empty.\n");
    }

    @Test
    void aVerificationThatFailsEndsWithOneAndTellsWhatCameNearest() {
        server.on("POST /api/v1/simulator/journal/verify", """
                {"passed":false,"found":0,"expected":"exactly 1","forgotten":0,"matches":[],"nearestMisses":[
                 {"entry":{"id":7,"method":"POST","path":"/wxa/a"},
                  "differences":[{"field":"body.content","expected":"hello","found":"hallo"}]}]}""");
        Typed typed = Typed.in(
                folder,
                "journal",
                "verify",
                "--api",
                "/wxa/a",
                "--body",
                "{\"content\":\"hello\"}",
                "--query",
                "a=b",
                "--count",
                "1");
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.out()).isEqualTo("""
                Not as expected: found 0, expected exactly 1
                  near: POST /wxa/a, entry 7
                    body.content: "hallo" (expected: "hello")
                """);
        assertThat(server.lastAsked().text())
                .isEqualTo("{\"api\":\"/wxa/a\",\"body\":{\"content\":\"hello\"},\"query\":{\"a\":\"b\"},\"count\":1}");
        server.on(
                "POST /api/v1/simulator/journal/verify",
                "{\"passed\":true,\"found\":1,\"expected\":\"exactly 1\",\"forgotten\":0}");
        Typed passed = Typed.in(folder, "journal", "verify", "--count", "1");
        assertThat(passed.exitCode()).isZero();
        assertThat(passed.out()).isEqualTo("As expected: found 1, expected exactly 1\n");
    }

    @Test
    void clock() {
        String clock = "/api/v1/simulator/clock";
        server.on("GET " + clock, "{\"now\":\"2026-01-01T00:00:00.123456Z\",\"standing\":false}")
                .on("PUT " + clock, "{\"now\":\"2026-01-01T00:05:00Z\",\"standing\":true}")
                .on("DELETE " + clock, "{}");
        assertThat(Typed.in(folder, "clock").out()).isEqualTo("2026-01-01T00:00:00.123Z, running\n");
        assertThat(Typed.in(folder, "clock", "--advance", "5m").out()).isEqualTo("2026-01-01T00:05:00Z, standing\n");
        assertThat(server.lastAsked().text()).isEqualTo("{\"advance\":\"5m\"}");
        Typed.in(folder, "clock", "--set", "2026-01-01T00:05:00Z");
        assertThat(server.lastAsked().text()).isEqualTo("{\"now\":\"2026-01-01T00:05:00Z\"}");
        assertThat(Typed.in(folder, "clock", "--reset").out()).endsWith("running\n");
    }
}
