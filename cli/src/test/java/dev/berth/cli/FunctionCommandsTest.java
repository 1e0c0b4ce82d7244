package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands for services do with functions. */
class FunctionCommandsTest {
    private static final String ENVIRONMENT = "/api/v1/environments/prod-01";
    private static final String SUM = ENVIRONMENT + "/functions/sum";

    @TempDir
    Path folder;

    private final ServerDouble server = new ServerDouble();

    @BeforeEach
    void describe() {
        server.describedIn(folder)
                .on("GET " + SUM, "{\"name\":\"sum\"}")
                .on("GET " + ENVIRONMENT + "/services/sum", asked -> unknown("SERVICE_UNKNOWN"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void listsFunctions() {
        server.on("GET " + ENVIRONMENT + "/functions", """
                {"functions":[
                 {"name":"sum","version":"sum-003","timeout":3,"memory":256,"permissions":["security.msgSecCheck"],"triggers":[],
                  "hosts":{"starting":0,"warm":1,"busy":2},"memoryUsed":57},
                 {"name":"clean","version":"clean-001","timeout":60,"memory":512,"permissions":["a.b","c.d","e.f","g.h"],
                  "triggers":[{"name":"everyDay","cron":"0 0 2 * * * *"}],"hosts":{"starting":0,"warm":0,"busy":0},"memoryUsed":0,"lostLogLines":1}]}""");
        assertThat(Typed.in(folder, "functions").out()).isEqualTo("""
                NAME   VERSION    TIMEOUT  MEMORY  HOSTS                  PERMISSIONS           TRIGGER
                sum    sum-003    3 s      256 MB  1 warm, 2 busy, 57 MB  security.msgSecCheck  -
                clean  clean-001  60 s     512 MB  -                      a.b, c.d, +2          everyDay: 0 0 2 * * * *
                clean: the disk did not take 1 line of its log
                  → Look at free space and permissions of logs in the data folder: ./berth doctor
                """);
    }

    @Test
    void functionsAsTheServerSaysThem() {
        String answer = "{\"functions\":[{\"name\":\"sum\",\"new\":1}]}";
        server.on("GET /api/v1/environments/e2/functions", answer);
        assertThat(Typed.in(folder, "functions", "--env", "e2", "--json").out()).isEqualTo(answer + "\n");
    }

    @Test
    void tellsHowToDeployWhenThereIsNoFunction() {
        server.on("GET " + ENVIRONMENT + "/functions", "{\"functions\":[]}");
        assertThat(Typed.in(folder, "functions").out())
                .isEqualTo("No functions in prod-01 yet. Deploy a cloudfunctions folder, or one below it, with: "
                        + "./berth deploy PATH\n");
    }

    @Test
    void logsOfAFunction() {
        server.on("GET " + SUM + "/logs", "first\n第二行\n");
        assertThat(Typed.in(folder, "logs", "sum", "-n", "2").out()).isEqualTo("first\n第二行\n");
        assertThat(server.lastAsked().path()).isEqualTo(SUM + "/logs?lines=2&follow=false");
    }

    @Test
    void versionsOfAFunction() {
        server.on("GET " + SUM + "/versions", """
                {"versions":[
                 {"name":"sum-003","live":true,"createdAt":"2026-01-02T00:00:00.123456789Z","settings":{"handler":"index.main","timeout":3,
                  "memory":256,"permissions":["a.b"],"triggers":[]}},
                 {"name":"sum-002","live":false,"createdAt":"2026-01-01T00:00:00Z","settings":{"handler":"app.run","timeout":20,"memory":512,
                  "permissions":[],"triggers":[{"name":"t","cron":"*/5 * * * * * *"}]}}]}""");
        assertThat(Typed.in(folder, "versions", "sum").out()).isEqualTo("""
                VERSION  LIVE  CREATED                   TIMEOUT  MEMORY  HANDLER     PERMISSIONS  TRIGGER
                sum-003  live  2026-01-02T00:00:00.123Z  3 s      256 MB  index.main  a.b          -
                sum-002  -     2026-01-01T00:00:00Z      20 s     512 MB  app.run     -            t: */5 * * * * * *
                """);
    }

    @Test
    void hostsOfAFunction() {
        server.on("GET " + SUM + "/hosts", """
                {"hosts":[
                 {"id":"sum-003-0a","version":"sum-003","state":"idle","pid":7,"startedAt":"2026-01-02T00:00:00Z",
                  "idleSince":"2026-01-02T00:00:05.123456Z","invocations":0,"memoryUsed":57},
                 {"id":"sum-003-0b","version":"sum-003","state":"busy","pid":8,"startedAt":"2026-01-02T00:00:01Z",
                  "invocations":1,"memoryUsed":0}]}""");
        assertThat(Typed.in(folder, "instances", "sum").out()).isEqualTo("""
                ID          VERSION  STATE  PID  STARTED               IDLE SINCE                MEMORY  CALLS
                sum-003-0a  sum-003  idle   7    2026-01-02T00:00:00Z  2026-01-02T00:00:05.123Z  57 MB   0
                sum-003-0b  sum-003  busy   8    2026-01-02T00:00:01Z  -                         -       1
                """);
        server.on("GET " + SUM + "/hosts", "{\"hosts\":[]}");
        assertThat(Typed.in(folder, "instances", "sum").out())
                .isEqualTo("No process runs sum. The next call starts one.\n");
        assertThat(Typed.in(folder, "instances", "sum", "--function", "--json").out())
                .isEqualTo("{\"hosts\":[]}\n");
    }

    @Test
    void aFunctionIsNotReleasedButRolledBack() {
        server.on("PUT " + ENVIRONMENT + "/services/sum/release", asked -> unknown("SERVICE_UNKNOWN"));
        Typed typed = Typed.in(folder, "release", "sum", "sum-002");
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.err()).isEqualTo("""
                error: sum is a function, and one version of a function gets every call (expected: a service)
                  → Make another version live: ./berth rollback sum sum-002
                """);
        server.on("GET " + SUM, asked -> unknown("FUNCTION_UNKNOWN"));
        assertThat(Typed.in(folder, "release", "sum", "sum-002").err())
                .isEqualTo("error: SERVICE_UNKNOWN\n  → Look.\n");
    }

    @Test
    void rollsAFunctionBack() {
        server.on("POST " + SUM + "/rollback", "{\"function\":\"sum\",\"version\":\"sum-002\"}");
        assertThat(Typed.in(folder, "rollback", "sum").out()).isEqualTo("Live version of sum: sum-002\n");
        assertThat(server.lastAsked().text()).isEqualTo("{}");
        Typed.in(folder, "rollback", "sum", "sum-001");
        assertThat(server.lastAsked().text()).isEqualTo("{\"version\":\"sum-001\"}");
    }

    @Test
    void removesAFunctionOrAVersion() {
        server.on("DELETE " + SUM, "{\"removed\":\"sum\"}")
                .on("DELETE " + SUM + "/versions/sum-001", "{\"removed\":\"sum-001\"}");
        assertThat(Typed.in(folder, "rm", "sum", "--yes").out()).isEqualTo("sum removed.\n");
        assertThat(Typed.in(folder, "rm", "sum/sum-001", "-y").out()).isEqualTo("sum-001 removed.\n");
        assertThat(server.lastAsked().path()).isEqualTo(SUM + "/versions/sum-001");
    }

    @Test
    void saysWithoutWordsOfJavaThatTheServerWentAway() {
        server.on("DELETE " + SUM, asked -> {
            server.close();
            return ServerDouble.Answer.of(200, "{}");
        });
        Typed typed = Typed.in(folder, "rm", "sum", "--yes");
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.err())
                .startsWith("error: The connection to http://127.0.0.1:")
                .contains(" broke: ")
                .doesNotContain("java.", "Exception");
    }

    @Test
    void aServiceOfTheSameNameGoesFirstUnlessTheFunctionIsMeant() {
        server.on("GET " + ENVIRONMENT + "/services/sum", "{\"name\":\"sum\"}")
                .on("GET " + ENVIRONMENT + "/services/sum/logs", "of the service\n")
                .on("GET " + SUM + "/logs", "of the function\n");
        assertThat(Typed.in(folder, "logs", "sum").out()).isEqualTo("of the service\n");
        assertThat(Typed.in(folder, "logs", "sum", "--function").out()).isEqualTo("of the function\n");
    }

    @Test
    void saysThatANameIsNeither() {
        server.on("GET " + SUM, asked -> unknown("FUNCTION_UNKNOWN"));
        Typed typed = Typed.in(folder, "rm", "sum", "--yes");
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.err()).isEqualTo("""
                error: sum: neither a service nor a function of prod-01
                  → See what there is: ./berth services, ./berth functions; in another environment with --env.
                """);
    }

    @Test
    void anotherRefusalIsNotTakenForAnAbsence() {
        server.on("GET " + ENVIRONMENT + "/services/sum", asked -> unknown("ENV_UNKNOWN"));
        assertThat(Typed.in(folder, "versions", "sum").err()).isEqualTo("error: ENV_UNKNOWN\n  → Look.\n");
    }

    private static ServerDouble.Answer unknown(String code) {
        return ServerDouble.refusal(404, code, code, "Look.");
    }
}
