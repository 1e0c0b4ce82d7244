package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingCommandsTest {
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
    void servicesOfTheDefaultEnvironmentAsTable() {
        server.on("GET /api/v1/environments/prod-01/services", """
                {"services":[
                 {"name":"whoami","version":"whoami-001","state":"running","instances":2,"min":1,"max":5,"lostLogLines":12,"launch":"npm start",
                  "shares":[{"version":"whoami-001","weight":80},{"version":"whoami-002","weight":20}]},
                 {"name":"api","version":"api-012","state":"failing","instances":0,"launch":"node 服务.js","lastFailure":"exit code 1"}]}""");
        assertThat(Typed.in(folder, "services").out()).isEqualTo("""
                NAME    VERSION                            STATE    INSTANCES  LAUNCH
                whoami  whoami-001 80 % · whoami-002 20 %  running  2 (1-5)    npm start
                api     api-012                            failing  0          node 服务.js
                api fails: exit code 1
                  → Read its log: ./berth logs api. Then mend it and deploy again, or go back: ./berth rollback api
                whoami: the disk did not take 12 lines of its log
                  → Look at free space and permissions of logs in the data folder: ./berth doctor
                """);
    }

    @Test
    void servicesOfANamedEnvironmentAsTheServerSaysThem() {
        String answer = "{\"services\":[{\"name\":\"a\",\"new\":1}]}";
        server.on("GET /api/v1/environments/test%20b/services", answer);
        assertThat(Typed.in(folder, "services", "--env", "test b", "--json").out())
                .isEqualTo(answer + "\n");
    }

    @Test
    void tellsHowToDeployWhenThereIsNoService() {
        server.on("GET /api/v1/environments/prod-01/services", "{\"services\":[]}");
        assertThat(Typed.in(folder, "services").out()).contains("No services in prod-01", "./berth deploy PATH");
    }

    @Test
    void status() {
        assertThat(Typed.in(folder, "status").out()).isEqualTo("""
                Berth 0.1.0 runs here: pid 42, up 2 min 5 s, simulator on
                  gateway      http://127.0.0.1:7080
                  management   http://127.0.0.1:7081
                  app          wx1111111111111111
                  environment  prod-01
                  data         /data
                Holds: 1 app, 2 services, 1 running instance, 3 functions
                Cloud call works for every HTTP client: each instance has a hosts file of its own
                Trust: Processes are not walled off from one another.
                """);
        assertThat(Json.readOrMissing(Typed.in(folder, "status", "--json").out())
                        .path("pid")
                        .asInt())
                .isEqualTo(42);
    }

    @Test
    void statusTellsOfAFailingService() {
        server.on("GET /api/v1/environments/prod-01/services", """
                {"services":[{"name":"api","state":"failing","lastFailure":"exit code 1"},{"name":"b","state":"zero"}]}""");
        assertThat(Typed.in(folder, "status").out()).contains("""
                api fails: exit code 1
                  → Read its log: ./berth logs api.""").doesNotContain("b fails");
    }

    @Test
    void usersWithTheirOpenidsAndWideNames() {
        server.on("GET /api/v1/users", """
                {"users":[{"name":"alice","nickname":"爱丽丝","phone":"13800000001","openids":{"wx1111111111111111":"oA"}},
                 {"name":"bob","openids":{"wx1111111111111111":"oB"}}]}""");
        assertThat(Typed.in(folder, "users").out()).isEqualTo("""
                NAME   NICKNAME  PHONE        OPENID
                alice  爱丽丝    13800000001  oA
                bob    -         -            oB
                The openids are those of app wx1111111111111111.
                """);
        assertThat(Typed.in(folder, "users", "--json").out()).startsWith("{\"users\":[{\"name\":\"alice\"");
    }

    @Test
    void apps() {
        server.on("GET /api/v1/apps", "{\"apps\":[{\"id\":\"wx1111111111111111\",\"kind\":\"MINI_PROGRAM\"}]}");
        assertThat(Typed.in(folder, "apps").out()).isEqualTo("""
                APPID               KIND
                wx1111111111111111  MINI_PROGRAM
                """);
    }

    @Test
    void environments() {
        server.on("GET /api/v1/environments", """
                {"environments":[{"id":"dev-01","app":"wx1111111111111111","grants":["wx2222222222222222","wx3333333333333333"],"services":2},
                 {"id":"prod-01","app":"wx1111111111111111","grants":[],"services":0}]}""");
        assertThat(Typed.in(folder, "envs").out()).isEqualTo("""
                ENVIRONMENT  APP                 SERVICES  SHARED WITH
                dev-01       wx1111111111111111  2         wx2222222222222222 wx3333333333333333
                prod-01      wx1111111111111111  0         -
                """);
    }

    @Test
    void calls() {
        server.on("GET /api/v1/calls", """
                {"calls":[{"callId":"1_2","at":"2026-01-01T00:00:00Z","method":"GET","path":"/","environment":"prod-01",
                 "service":"whoami","version":"whoami-001","status":200,"outcome":"ok","cold":true,"queueMillis":1,"totalMillis":80}]}""");
        assertThat(Typed.in(folder, "calls", "-n", "7").out()).isEqualTo("""
                AT                    METHOD  PATH  SERVICE  STATUS  OUTCOME  COLD  MS  CALL ID  REASON
                2026-01-01T00:00:00Z  GET     /     whoami   200     ok       cold  80  1_2      -
                """);
        assertThat(server.lastAsked().path()).isEqualTo("/api/v1/calls?limit=7");
        server.on("GET /api/v1/calls", "{\"calls\":[]}");
        assertThat(Typed.in(folder, "calls").out()).contains("No calls yet");
    }

    @Test
    void callsTowardWeChat() {
        server.on("GET /api/v1/open-api-calls", """
                {"calls":[
                 {"id":2,"at":"2026-01-01T00:00:01.123456Z","asker":"whoami-001-a","environment":"prod-01","service":"whoami",
                  "version":"whoami-001","app":"wx1","method":"POST","path":"/wxa/a","status":502,"errcode":10101,"tries":1,
                  "totalMillis":7,"reason":"no answer"},
                 {"id":3,"at":"2026-01-01T00:00:02Z","asker":"function prod-01/sum","environment":"prod-01","function":"sum",
                  "requestId":"8d2c","app":"wx1","method":"POST","path":"/wxa/b","status":200,"errcode":43101,"tries":1,
                  "totalMillis":9},
                 {"id":1,"at":"2026-01-01T00:00:00Z","asker":"berth","app":"","method":"GET","path":"/b","status":200,
                  "errcode":0,"tries":1,"totalMillis":12}]}""");

        assertThat(Typed.in(folder, "calls", "--wechat", "-n", "7", "--service", "whoami", "--env", "prod-01")
                        .out())
                .isEqualTo("""
                AT                        ASKER                 APP  METHOD  PATH    ERRCODE           TRIES  MS  REASON
                2026-01-01T00:00:01.123Z  whoami-001-a          wx1  POST    /wxa/a  10101 (HTTP 502)  1      7   no answer
                2026-01-01T00:00:02Z      function prod-01/sum  wx1  POST    /wxa/b  43101             1      9   -
                2026-01-01T00:00:00Z      berth                 -    GET     /b      0                 1      12  -
                """);
        assertThat(server.lastAsked().path()).isEqualTo("/api/v1/open-api-calls?limit=7&env=prod-01&service=whoami");
        assertThat(Typed.in(folder, "calls", "--wechat", "--json").out()).startsWith("{\"calls\":[{\"id\":2,");
        server.on("GET /api/v1/open-api-calls", "{\"calls\":[]}");
        assertThat(Typed.in(folder, "calls", "--wechat").out()).contains("./berth permissions");
    }

    @Test
    void logs() {
        server.on("GET /api/v1/environments/prod-01/services/whoami", "{}");
        server.on("GET /api/v1/environments/prod-01/services/whoami/logs", "first\n第二行\n");
        assertThat(Typed.in(folder, "logs", "whoami", "-f", "-n", "2").out()).isEqualTo("first\n第二行\n");
        assertThat(server.lastAsked().path()).endsWith("/logs?lines=2&follow=true");
        assertThat(Typed.in(folder, "logs", "whoami", "--json").out())
                .isEqualTo("{\"line\":\"first\"}\n{\"line\":\"第二行\"}\n");
        assertThat(server.lastAsked().path()).endsWith("/logs?lines=200&follow=false");
    }

    @Test
    void controlCharactersOfAServiceDoNotReachTheTerminalInATable() {
        server.on("GET /api/v1/apps", "{\"apps\":[{\"id\":\"a\\u001b[2J\\nb\",\"kind\":\"K\"}]}");
        assertThat(Typed.in(folder, "apps").out()).contains("a [2J b").doesNotContain("\u001b");
    }
}
