package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TriggersCommandTest {
    private static final String LIST = "GET /api/v1/environments/prod-01/triggers";
    private static final String RUN = "POST /api/v1/environments/prod-01/functions/report/triggers/daily/run";
    private static final String DAILY = """
            {"triggers":[{"function":"report","trigger":"daily","cron":"0 0 2 * * * *","zone":"Asia/Shanghai"}]}""";

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
    void listsWhenTriggersAreDueAndWhatCameOfTheLatestTick() {
        String answer = """
                {"triggers":[
                 {"function":"clean","trigger":"t","cron":"*/5 * * * * * *","zone":"Asia/Shanghai","next":"2026-01-01T00:00:05Z",
                  "last":{"tick":"2026-01-01T00:00:00Z","ended":true,"requestId":"r","totalMillis":41}},
                 {"function":"mail","trigger":"t","cron":"0 0 2 * * *","zone":"Asia/Shanghai","problem":"cron: 6 fields"},
                 {"function":"report","trigger":"daily","cron":"0 0 2 * * * *","zone":"Asia/Shanghai","next":"2026-01-01T18:00:00Z",
                  "last":{"tick":"2025-12-31T18:00:00Z","ended":true,"requestId":"r","totalMillis":3004,
                   "error":{"code":-504003,"message":"Invoking task timed out"}}},
                 {"function":"slow","trigger":"t","cron":"* * * * * * *","zone":"Asia/Shanghai","next":"2026-01-01T00:00:02Z",
                  "last":{"tick":"2026-01-01T00:00:01Z","ended":false}}]}""".replace("\n", "");
        server.on(LIST, answer);

        assertThat(Typed.in(folder, "triggers").out()).isEqualTo("""
                FUNCTION  TRIGGER  CRON             NEXT                  LAST                  OUTCOME
                clean     t        */5 * * * * * *  2026-01-01T00:00:05Z  2026-01-01T00:00:00Z  ok, 41 ms
                mail      t        0 0 2 * * *      -                     -                     -
                report    daily    0 0 2 * * * *    2026-01-01T18:00:00Z  2025-12-31T18:00:00Z  -504003 Invoking task timed out
                slow      t        * * * * * * *    2026-01-01T00:00:02Z  2026-01-01T00:00:01Z  running
                CRON is in Asia/Shanghai; NEXT and LAST are UTC.
                mail never runs: cron: 6 fields
                  → Correct triggers in its config.json, and deploy it again.
                """);
        assertThat(Json.readOrMissing(Typed.in(folder, "triggers", "--json").out()))
                .isEqualTo(Json.readOrMissing(answer));
    }

    @Test
    void tellsHowToAddATriggerWhereThereIsNone() {
        server.on("GET /api/v1/environments/prod-02/triggers", "{\"triggers\":[]}");
        assertThat(Typed.in(folder, "triggers", "--env", "prod-02").out())
                .contains("No function of prod-02 has a trigger", "config.json");
    }

    @Test
    void runsOneNow() {
        server.on(LIST, DAILY).on(RUN, """
                {"requestId":"r-1","version":"report-003","durationMillis":7,"totalMillis":190,"memory":31,"cold":true,
                 "log":["\\u001b[31msends\\u001b[0m\\u001b[2J\\u0007","","  done"],"result":{"sent":3}}""");

        Typed typed = Typed.in(folder, "triggers", "run", "report");

        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out()).isEqualTo("{\"sent\":3}\n");
        assertThat(typed.err()).isEqualTo("""
                sends\s

                  done
                [berth] request r-1, 190 ms in all
                """);
        assertThat(Typed.in(folder, "triggers", "run", "report", "--json").out())
                .startsWith("{\"requestId\":\"r-1\",");
    }

    @Test
    void aFunctionThatFailsIsToldAndExitsWithOne() {
        server.on(LIST, DAILY).on(RUN, """
                {"requestId":"r-1","version":"report-003","durationMillis":7,"totalMillis":9,"memory":0,"cold":false,
                 "log":["starts"],"error":{"code":-504002,"message":"Error: boom"}}""");

        Typed typed = Typed.in(folder, "triggers", "run", "report");

        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err()).isEqualTo("""
                starts
                [berth] request r-1, 9 ms in all
                error: report-003 failed: -504002 functions execute fail
                  Error: boom
                  request id: r-1
                  → What it wrote: ./berth logs report
                """);
        Typed json = Typed.in(folder, "triggers", "run", "report", "--json");
        assertThat(json.exitCode()).isEqualTo(1);
        assertThat(json.out()).contains("\"error\":{\"code\":-504002");
    }

    @Test
    void aFunctionWithoutTriggerIsRefusedWithThoseThatHaveOne() {
        server.on(LIST, DAILY);

        Typed typed = Typed.in(folder, "triggers", "run", "reprot");

        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.err())
                .contains("reprot has no trigger in prod-01 (expected: one of report)", "./berth triggers");
        assertThat(server.lastAsked().method()).isEqualTo("GET");
        server.on(LIST, "{\"triggers\":[]}");
        assertThat(Typed.in(folder, "triggers", "run", "report").err()).contains("none has");
    }
}
