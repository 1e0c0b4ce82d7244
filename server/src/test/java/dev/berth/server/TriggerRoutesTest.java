package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.BerthException;
import dev.berth.core.CloudCall;
import dev.berth.core.Directory;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.Environment;
import dev.berth.core.Event;
import dev.berth.core.FunctionError;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionInvoker.Failed;
import dev.berth.core.FunctionInvoker.Outcome;
import dev.berth.core.FunctionInvoker.Result;
import dev.berth.core.FunctionInvoker.Returned;
import dev.berth.core.FunctionVersionId;
import dev.berth.core.Problem;
import dev.berth.core.Trigger;
import dev.berth.functions.Cron;
import dev.berth.functions.TriggerStatus;
import dev.berth.functions.TriggerStatus.End;
import dev.berth.functions.TriggerStatus.Run;
import dev.berth.functions.Triggers;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over a real door, each answer compared with docs/management-api.yaml. */
final class TriggerRoutesTest {
    private static final String TOKEN = "the-token";
    private static final Instant TICK = Instant.parse("2026-01-01T18:00:00Z");
    private static final FunctionId REPORT = new FunctionId("prod-01", "report");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Trigger DAILY = new Trigger("daily", "0 0 2 * * * *");

    private final Vertx vertx = Vertx.vertx();
    private final TriggersDouble triggers = new TriggersDouble();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private ManagementDoor door;
    private ApiDescription api;

    @BeforeEach
    void open() throws Exception {
        Directory directory = new Directory(
                Map.of(),
                Map.of(
                        "prod-01",
                        new EnvironmentEntry(
                                new Environment("prod-01", "wx1111111111111111"),
                                Set.of(),
                                CloudCall.DEFAULT,
                                Map.of())));
        door = ManagementDoor.open(
                        vertx,
                        new ServerConfig.Management("127.0.0.1", 0, Tls.NONE, MetricsAccess.OFF, 1),
                        TOKEN,
                        () -> true,
                        List.of(new TriggerRoutes(
                                () -> directory, triggers, new OperatorEvents(events::add, InstantSource.fixed(NOW)))))
                .await();
        api = new ApiDescription(ask("GET", "/openapi.json").body());
    }

    @AfterEach
    void close() {
        door.close();
        vertx.close().await();
    }

    @Test
    void listsWhenTriggersAreDueAndHowTheyRan() throws Exception {
        Optional<End> failed =
                Optional.of(new End("request-1", Optional.of(FunctionError.TIMED_OUT), Duration.ofMillis(3_004)));
        triggers.all = List.of(
                status(Optional.of(TICK.plusSeconds(86_400)), Optional.empty(), Optional.of(new Run(TICK, failed))),
                status(Optional.of(TICK), Optional.empty(), Optional.of(new Run(TICK, Optional.empty()))),
                status(
                        Optional.empty(),
                        Optional.of(new Problem("INVALID_TRIGGER", "functions", "6 fields", "7")),
                        Optional.empty()));

        Reply reply = ask("GET", "/environments/prod-01/triggers");

        api.check("listTriggers", reply);
        assertThat(reply.json()).isEqualTo(new JsonObject("""
                {"triggers":[
                 {"function":"report","trigger":"daily","cron":"0 0 2 * * * *","zone":"Asia/Shanghai","next":"2026-01-02T18:00:00Z",
                  "last":{"tick":"2026-01-01T18:00:00Z","ended":true,"requestId":"request-1","totalMillis":3004,
                   "error":{"code":-504003,"message":"Invoking task timed out"}}},
                 {"function":"report","trigger":"daily","cron":"0 0 2 * * * *","zone":"Asia/Shanghai","next":"2026-01-01T18:00:00Z",
                  "last":{"tick":"2026-01-01T18:00:00Z","ended":false}},
                 {"function":"report","trigger":"daily","cron":"0 0 2 * * * *","zone":"Asia/Shanghai","problem":"6 fields"}]}"""));
        assertThat(triggers.asked).isEqualTo("prod-01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"sum\":[1,2.5,null]}", "null", "\"text\"", "0", "false", "[]"})
    void runsOneNowAndAnswersWhatItReturned(String returned) throws Exception {
        triggers.result = new Returned(returned);

        Reply reply = ask("POST", "/environments/prod-01/functions/report/triggers/daily/run");

        api.check("runTrigger", reply);
        assertThat(reply.json()).isEqualTo(new JsonObject("""
                {"requestId":"request-2","version":"report-003","durationMillis":7,"totalMillis":190,"memory":31,"cold":true,
                 "log":["first","第二行"],"result":%s}""".formatted(returned)));
        assertThat(triggers.asked).isEqualTo("prod-01/report daily");
        assertThat(events)
                .containsExactly(new Event(
                        NOW,
                        Event.Kind.FUNCTION_TRIGGER_RUN,
                        "operator:alice@laptop",
                        Optional.of("prod-01"),
                        Optional.of("report"),
                        "report",
                        "daily was run by hand, request request-2; it returned after 190 ms"));
    }

    @Test
    void aFunctionThatFailsIsAnAnswerToo() throws Exception {
        triggers.result = new Failed(FunctionError.EXECUTION_FAILED, "Error: boom\n    at main (index.js:3)");

        Reply reply = ask("POST", "/environments/prod-01/functions/report/triggers/daily/run");

        api.check("runTrigger", reply);
        assertThat(reply.json().getJsonObject("error"))
                .isEqualTo(
                        new JsonObject().put("code", -504002).put("message", "Error: boom\n    at main (index.js:3)"));
        assertThat(reply.json().containsKey("result")).isFalse();
        assertThat(events)
                .extracting(Event::reason)
                .containsExactly(
                        "daily was run by hand, request request-2; it failed: -504002 functions execute fail after 190 ms");
    }

    @ParameterizedTest
    @CsvSource({
        "listTriggers, GET,  /environments/nowhere/triggers, 404, ENV_UNKNOWN",
        "runTrigger,   POST, /environments/nowhere/functions/report/triggers/daily/run, 404, ENV_UNKNOWN",
        "runTrigger,   POST, /environments/prod-01/functions/1st/triggers/daily/run, 400, INVALID_FUNCTION_NAME",
        "runTrigger,   POST, /environments/prod-01/functions/other/triggers/daily/run, 404, FUNCTION_UNKNOWN",
        "runTrigger,   POST, /environments/prod-01/functions/report/triggers/weekly/run, 404, TRIGGER_UNKNOWN"
    })
    void refusesWhatIsNotThere(String operation, String method, String path, int status, String code) throws Exception {
        Reply reply = ask(method, path);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(events).isEmpty();
        api.check(operation, reply);
    }

    private static TriggerStatus status(Optional<Instant> next, Optional<Problem> problem, Optional<Run> last) {
        return new TriggerStatus(REPORT, DAILY, Cron.DEFAULT_ZONE, next, problem, last);
    }

    private Reply ask(String method, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return Reply.of(client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + "/api/v1" + path))
                            .header("Authorization", "Bearer " + TOKEN)
                            .header(OperatorEvents.ACTOR_HEADER, "alice@laptop")
                            .method(method, BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString()));
        }
    }

    /** Knows one trigger: {@code daily} of {@code report}. */
    private static final class TriggersDouble implements Triggers {
        private volatile List<TriggerStatus> all = List.of();
        private volatile Result result = new Returned("null");
        private volatile String asked = "";

        @Override
        public List<TriggerStatus> list(String environmentId) {
            asked = environmentId;
            return all;
        }

        @Override
        public Outcome runNow(FunctionId function, String trigger) {
            if (!function.equals(REPORT)) {
                throw new BerthException(new Problem("FUNCTION_UNKNOWN", "functions", "function: " + function, "?"));
            }
            if (!trigger.equals("daily")) {
                throw new BerthException(new Problem("TRIGGER_UNKNOWN", "functions", "trigger: " + trigger, "?"));
            }
            asked = function + " " + trigger;
            return new Outcome(
                    "request-2",
                    Optional.of(new FunctionVersionId(REPORT, 3)),
                    result,
                    Duration.ofMillis(7),
                    Duration.ofMillis(190),
                    31,
                    true,
                    List.of("first", "第二行"));
        }
    }
}
