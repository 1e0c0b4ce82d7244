package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseCommandsTest {
    private static final String DEMO = "/api/v1/environments/prod-01/services/demo";
    private static final String SHARED = """
            {"service":"demo","shares":[{"version":"demo-001","weight":20},{"version":"demo-002","weight":80},{"version":"demo-003","weight":0}]}""";

    @TempDir
    Path folder;

    private final ServerDouble server = new ServerDouble();

    @BeforeEach
    void describe() {
        server.describedIn(folder).on("GET " + DEMO, "{\"name\":\"demo\"}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void releasesAVersionFullyOrInPart() {
        server.on("PUT " + DEMO + "/release", SHARED);
        assertThat(Typed.in(folder, "release", "demo", "demo-001", "--weight", "20")
                        .out())
                .isEqualTo("Traffic of demo: demo-002 80 % · demo-001 20 %\n");
        assertThat(server.lastAsked().text()).isEqualTo("{\"version\":\"demo-001\",\"weight\":20}");
        assertThat(Typed.in(folder, "release", "demo", "demo-001", "--json").out())
                .isEqualTo(SHARED + "\n");
        assertThat(server.lastAsked().text()).isEqualTo("{\"version\":\"demo-001\"}");
    }

    @Test
    void saysWhoDoesIt() {
        server.on("PUT " + DEMO + "/release", SHARED);
        Typed.in(folder, "release", "demo", "demo-001");
        assertThat(server.lastAsked().headers().getFirst("X-Berth-Actor"))
                .startsWith(System.getProperty("user.name") + "@")
                .matches("[\\x21-\\x7e]{3,64}");
    }

    @Test
    void rollsBack() {
        server.on("POST " + DEMO + "/rollback", """
                {"service":"demo","shares":[{"version":"demo-001","weight":100}]}""");
        assertThat(Typed.in(folder, "rollback", "demo").out()).isEqualTo("Traffic of demo: demo-001\n");
        assertThat(server.lastAsked().text()).isEqualTo("{}");
        Typed.in(folder, "rollback", "demo", "demo-001");
        assertThat(server.lastAsked().text()).isEqualTo("{\"version\":\"demo-001\"}");
    }

    @Test
    void aRefusalExitsWithOne() {
        server.on(
                "POST " + DEMO + "/rollback",
                asked -> ServerDouble.refusal(409, "ROLLBACK_IMPOSSIBLE", "Nothing older.", "Deploy it."));
        Typed typed = Typed.in(folder, "rollback", "demo");
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.err()).isEqualTo("error: Nothing older.\n  → Deploy it.\n");
    }

    @Test
    void removesAServiceOrAVersion() {
        server.on("DELETE " + DEMO, "{\"removed\":\"demo\"}")
                .on("DELETE " + DEMO + "/versions/demo-001", "{\"removed\":\"demo-001\"}");
        assertThat(Typed.in(folder, "rm", "demo", "--yes").out()).isEqualTo("demo removed.\n");
        assertThat(Typed.in(folder, "rm", "demo/demo-001", "-y", "--json").out())
                .isEqualTo("{\"removed\":\"demo-001\"}\n");
        assertThat(server.lastAsked().path()).isEqualTo(DEMO + "/versions/demo-001");
    }

    @Test
    void removesNothingUnasked() {
        Typed typed = Typed.in(folder, "rm", "demo");
        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err()).contains("no terminal to ask (expected: --yes)", "berth rm demo --yes");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void versionsAndInstancesAsTables() {
        server.on("GET " + DEMO + "/versions", """
                {"versions":[{"name":"demo-002","weight":20,"createdAt":"2026-01-02T00:00:00.123456789Z","launch":"npm start","origin":"package.json","instances":1,"settings":{"idle":"30m","min":1,"max":3}},
                 {"name":"demo-001","weight":0,"createdAt":"2026-01-01T00:00:00Z","launch":"npm start","origin":"package.json","instances":0,"settings":{"idle":"1s","min":0,"max":5}}]}""");
        server.on("GET " + DEMO + "/instances", """
                {"instances":[{"id":"demo-002-0a","version":"demo-002","state":"running","pid":7,"endpoint":"127.0.0.1:20000","startedAt":"2026-01-02T00:00:00Z","inFlight":3},
                 {"id":"demo-002-0b","version":"demo-002","state":"starting","pid":0,"endpoint":"127.0.0.1:0","startedAt":"2026-01-02T00:00:01Z","inFlight":0}]}""");
        assertThat(Typed.in(folder, "versions", "demo").out()).isEqualTo("""
                VERSION   TRAFFIC  CREATED                   INSTANCES  SCALE  IDLE  LAUNCH     FROM
                demo-002  20 %     2026-01-02T00:00:00.123Z  1          1-3    30m   npm start  package.json
                demo-001  -        2026-01-01T00:00:00Z      0          0-5    1s    npm start  package.json
                """);
        assertThat(Typed.in(folder, "instances", "demo").out()).isEqualTo("""
                ID           VERSION   STATE     PID  ENDPOINT         STARTED               IN FLIGHT
                demo-002-0a  demo-002  running   7    127.0.0.1:20000  2026-01-02T00:00:00Z  3
                demo-002-0b  demo-002  starting  -    -                2026-01-02T00:00:01Z  0
                """);
        server.on("GET " + DEMO + "/instances", "{\"instances\":[]}");
        server.on("GET " + DEMO, "{\"name\":\"demo\",\"state\":\"zero\"}");
        assertThat(Typed.in(folder, "instances", "demo").out())
                .isEqualTo("No instance of demo runs. The next call starts one.\n");
        server.on("GET " + DEMO, "{\"name\":\"demo\",\"state\":\"failing\",\"lastFailure\":\"exit code 3\"}");
        assertThat(Typed.in(folder, "instances", "demo").out())
                .startsWith("No instance of demo runs.\ndemo fails: exit code 3\n")
                .contains("./berth logs demo");
    }

    @Test
    void eventsOldestFirst() {
        server.on("GET /api/v1/events", """
                {"events":[{"id":2,"at":"2026-01-02T00:00:00Z","kind":"rolled_back","actor":"operator:a@b","subject":"demo","reason":"demo-001 100 %"},
                 {"id":1,"at":"2026-01-01T00:00:00Z","kind":"server_started","actor":"berth","subject":"server","reason":"Berth\\u001b"}]}""");
        assertThat(Typed.in(folder, "events", "-n", "2", "--service", "demo").out())
                .isEqualTo("""
                2026-01-01T00:00:00Z  server_started         server: Berth   (berth)
                2026-01-02T00:00:00Z  rolled_back            demo: demo-001 100 %  (operator:a@b)
                """);
        assertThat(server.lastAsked().path()).isEqualTo("/api/v1/events?limit=2&service=demo");
        assertThat(Typed.in(folder, "events", "--json").out().lines().toList().getFirst())
                .startsWith("{\"id\":1,");
    }

    @Test
    void followsEventsWithoutTellingOneTwice() {
        AtomicInteger looks = new AtomicInteger();
        server.on("GET /api/v1/events", asked -> switch (looks.incrementAndGet()) {
            case 1 -> ServerDouble.Answer.of(200, "{\"events\":[{\"id\":7,\"kind\":\"first\"}]}");
            case 2 -> ServerDouble.Answer.of(200, "{\"events\":[]}");
            case 3 ->
                ServerDouble.Answer.of(
                        200, "{\"events\":[{\"id\":9,\"kind\":\"third\"},{\"id\":8,\"kind\":\"second\"}]}");
            default -> {
                assertThat(asked.path()).contains("after=9");
                yield ServerDouble.refusal(500, "UNEXPECTED", "It broke.", "Report it.");
            }
        });
        Typed typed = Typed.in(folder, "events", "-f", "--json");
        assertThat(typed.out()).isEqualTo("""
                {"id":7,"kind":"first"}
                {"id":8,"kind":"second"}
                {"id":9,"kind":"third"}
                """);
        assertThat(typed.exitCode()).isEqualTo(1);
    }
}
