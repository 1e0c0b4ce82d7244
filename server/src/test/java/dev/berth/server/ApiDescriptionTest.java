package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.Event;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/management-api.yaml is what the server does: no more routes, no fewer, and no other answers. */
final class ApiDescriptionTest {
    private static final String ENV = "/api/v1/environments/prod-01";
    private static final String DEMO = ServerFixture.SERVICES + "/demo";
    private static final String NOWHERE = "/api/v1/environments/nowhere/services/demo";
    private static final String NONE = ServerFixture.SERVICES + "/none";
    private static final String SUM = ServerFixture.FUNCTIONS + "/sum";
    private static final String NO_FUNCTION = ServerFixture.FUNCTIONS + "/none";
    private static final String NOWHERE_FUNCTION = "/api/v1/environments/nowhere/functions/sum";
    private static final String OTHER = "/api/v1/apps/wx2222222222222222";
    private static final String SIMULATOR = "/api/v1/simulator";
    private static final String NO_BODY = "";

    @TempDir
    private Path data;

    private ServerFixture server;
    private ApiDescription api;

    @BeforeEach
    void start() throws Exception {
        server = ServerFixture.start(data);
        api = new ApiDescription(
                server.raw(server.request("/api/v1/openapi.json").build()).body());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyRouteIsDescribedAndEveryDescribedOneExists() {
        Set<String> described =
                api.operations().values().stream().map(Object::toString).collect(Collectors.toCollection(TreeSet::new));
        Set<String> registered = server.server().managementRoutes().stream()
                .map(route -> route.replaceAll(":([a-z]+)", "{$1}"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(described).isEqualTo(registered).hasSizeGreaterThan(20);
    }

    @Test
    void everyPathParameterAndReferenceIsThere() {
        api.document().path("paths").properties().forEach(path -> {
            Set<String> named = new HashSet<>();
            path.getValue()
                    .path("parameters")
                    .forEach(parameter ->
                            named.add(resolve(parameter).path("name").asText()));
            Set<String> used = Stream.of(path.getKey().split("/"))
                    .filter(part -> part.startsWith("{"))
                    .map(part -> part.substring(1, part.length() - 1))
                    .collect(Collectors.toSet());
            assertThat(named).as(path.getKey()).isEqualTo(used);
        });
        api.document()
                .findValues("$ref")
                .forEach(reference -> assertThat(at(reference.asText()).isMissingNode())
                        .as(reference.asText())
                        .isFalse());
    }

    @Test
    void everyKindOfEventIsDescribed() {
        List<String> kinds = Stream.of(Event.Kind.values()).map(EventJson::name).toList();
        assertThat(at("#/components/schemas/EventKind").path("enum"))
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(kinds);
    }

    @Test
    void everythingNeedsTheTokenUnlessDescribedOtherwise() throws Exception {
        for (ApiDescription.Operation operation : api.operations().values()) {
            String path = operation.path().replaceAll("[{][a-z]+[}]", "x");
            Reply reply = Reply.of(server.raw(server.request(path)
                    .method(operation.method(), BodyPublishers.noBody())
                    .build()));
            assertThat(reply.status())
                    .as(operation.toString())
                    .isEqualTo(operation.node().has("security") ? 200 : 401);
            api.check(operation.id(), reply);
        }
    }

    @Test
    void everyAnswerAndEveryRefusalIsAsDescribed() throws Exception {
        appsAndPeople();
        cloudCall();
        simulator();
        deployments();
        releases();
        functions();
        invocations();
        past();
        ends();
        try (ServerFixture without = ServerFixture.start(ServerFixture.withoutSimulator(data.resolve("without")))) {
            api.check("listUsers", without.get("/api/v1/users"));
            api.check("addUser", without.send("POST", "/api/v1/users", "{\"name\":\"carol\"}"));
            api.check("signIn", without.send("POST", "/api/v1/sessions", "{}"));
            withoutAnybody(without);
            for (ApiDescription.Operation operation : api.operations().values()) {
                if (operation.path().startsWith(SIMULATOR)) {
                    String path = operation.path().replaceAll("[{][a-z]+[}]", "1");
                    api.check(operation.id(), without.send(operation.method(), path, NO_BODY));
                }
            }
        }

        assertThat(api.seen()).isEqualTo(api.promised());
    }

    private void appsAndPeople() throws Exception {
        ask("getStatus", "GET", "/api/v1/status", NO_BODY);
        ask("getDescription", "GET", "/api/v1/openapi.json", NO_BODY);
        ask("getHealth", "GET", "/healthz", NO_BODY);
        ask("getReadiness", "GET", "/readyz", NO_BODY);
        ask("getMetrics", "GET", "/metrics", NO_BODY);
        ask("getConfiguration", "GET", "/api/v1/config", NO_BODY);
        ask("putApp", "PUT", OTHER, "{\"secret\":\"hush\",\"kind\":\"OFFICIAL_ACCOUNT\"}");
        ask("putApp", "PUT", OTHER, "{\"secret\":5}");
        ask("putApp", "PUT", OTHER, "x".repeat(1024 * 1024 + 1));
        ask("putApp", "PUT", "/api/v1/apps/shop", "{\"secret\":\"hush\"}");
        ask("listApps", "GET", "/api/v1/apps", NO_BODY);
        ask("putEnvironment", "PUT", "/api/v1/environments/dev-01", "{\"app\":\"wx1111111111111111\"}");
        ask("putEnvironment", "PUT", "/api/v1/environments/dev-01", "{\"app\":\"wx2222222222222222\"}");
        ask("putEnvironment", "PUT", "/api/v1/environments/dev-02", "{\"app\":\"wx9999999999999999\"}");
        ask("putEnvironment", "PUT", "/api/v1/environments/dev-02", "{\"app\":\"shop\"}");
        ask("putEnvironment", "PUT", "/api/v1/environments/Dev-02", "{\"app\":\"wx1111111111111111\"}");
        ask("putEnvironment", "PUT", "/api/v1/environments/dev-02", "{}");
        for (String method : List.of("PUT", "DELETE")) {
            String operation = method.equals("PUT") ? "grant" : "withdraw";
            ask(operation, method, ENV + "/grants/wx2222222222222222", NO_BODY);
            ask(operation, method, "/api/v1/environments/nowhere/grants/wx2222222222222222", NO_BODY);
        }
        ask("grant", "PUT", ENV + "/grants/wx9999999999999999", NO_BODY);
        ask("listEnvironments", "GET", "/api/v1/environments", NO_BODY);
        ask("addUser", "POST", "/api/v1/users", "{\"name\":\"carol\",\"nickname\":\"小红\",\"phone\":\"13800138000\"}");
        ask("addUser", "POST", "/api/v1/users", "{\"name\":\"carol\"}");
        ask("addUser", "POST", "/api/v1/users", "{}");
        ask("listUsers", "GET", "/api/v1/users", NO_BODY);
        ask("signIn", "POST", "/api/v1/sessions", "{\"user\":\"carol\"}");
        ask("signIn", "POST", "/api/v1/sessions", "{\"user\":\"mallory\"}");
        ask("signIn", "POST", "/api/v1/sessions", "{\"app\":\"wx9999999999999999\"}");
        ask("signIn", "POST", "/api/v1/sessions", "{\"user\":5}");
    }

    private void cloudCall() throws Exception {
        ask("getCloudCall", "GET", ENV + "/cloud-call", NO_BODY);
        ask("getCloudCall", "GET", "/api/v1/environments/nowhere/cloud-call", NO_BODY);
        ask("putCloudCall", "PUT", ENV + "/cloud-call", "{\"on\":true,\"tokens\":true,\"paths\":[\"/wxa/*\"]}");
        for (String method : List.of("PUT", "DELETE")) {
            String operation = method.equals("PUT") ? "addPermissions" : "removePermissions";
            ask(operation, method, ENV + "/cloud-call/paths", "{\"paths\":[\"/wxa/msg_sec_check\"]}");
        }
        for (String wrong : List.of("{}", "{\"paths\":[\"wxa\"]}")) {
            ask("putCloudCall", "PUT", ENV + "/cloud-call", wrong);
            ask("addPermissions", "PUT", ENV + "/cloud-call/paths", wrong);
            ask("removePermissions", "DELETE", ENV + "/cloud-call/paths", wrong);
        }
        ask("putCloudCall", "PUT", "/api/v1/environments/nowhere/cloud-call", "{}");
        ask("addPermissions", "PUT", "/api/v1/environments/nowhere/cloud-call/paths", "{}");
        ask("removePermissions", "DELETE", "/api/v1/environments/nowhere/cloud-call/paths", "{}");
    }

    private void simulator() throws Exception {
        for (String user : List.of("alice", "mallory")) {
            ask("readInbox", "GET", SIMULATOR + "/users/" + user + "/inbox", NO_BODY);
            ask("emptyInbox", "DELETE", SIMULATOR + "/users/" + user + "/inbox", NO_BODY);
        }
        ask(
                "addFault",
                "POST",
                SIMULATOR + "/faults",
                "{\"api\":\"/wxa/msg_sec_check\",\"count\":2,\"errcode\":45009}");
        ask("addFault", "POST", SIMULATOR + "/faults", "{\"app\":\"wx9999999999999999\",\"reset\":true}");
        ask("addFault", "POST", SIMULATOR + "/faults", "{\"user\":\"mallory\",\"reset\":true}");
        ask("listFaults", "GET", SIMULATOR + "/faults", NO_BODY);
        ask("removeFault", "DELETE", SIMULATOR + "/faults/1", NO_BODY);
        ask("removeFault", "DELETE", SIMULATOR + "/faults/1", NO_BODY);
        ask("clearFaults", "DELETE", SIMULATOR + "/faults", NO_BODY);
        ask("readJournal", "GET", SIMULATOR + "/journal?limit=10", NO_BODY);
        ask("readJournal", "GET", SIMULATOR + "/journal?limit=many", NO_BODY);
        ask("verifyJournal", "POST", SIMULATOR + "/journal/verify", "{\"api\":\"/wxa/msg_sec_check\",\"count\":0}");
        ask("emptyJournal", "DELETE", SIMULATOR + "/journal", NO_BODY);
        ask("setClock", "PUT", SIMULATOR + "/clock", "{\"advance\":\"5m\"}");
        ask("readClock", "GET", SIMULATOR + "/clock", NO_BODY);
        ask("resetClock", "DELETE", SIMULATOR + "/clock", NO_BODY);
        for (String wrong : List.of("{\"colour\":\"red\"}", "rubbish", "x".repeat(64 * 1024 + 1))) {
            ask("addFault", "POST", SIMULATOR + "/faults", wrong);
            ask("verifyJournal", "POST", SIMULATOR + "/journal/verify", wrong);
            ask("setClock", "PUT", SIMULATOR + "/clock", wrong);
        }
    }

    private void deployments() throws Exception {
        deploy("demo", ServiceTar.greeter("one"), "env=SECRET=hush");
        deploy("demo", ServiceTar.greeter("two"), "release=gray&weight=20");
        deploy("demo", ServiceTar.of("readme", "nothing to start"), ""); // fails in the stream
        for (String wrong : List.of("idle=30", "idle=1ms", "env=1A=x", "min=9&max=2", "release=gray", "weight=5")) {
            deploy("demo", ServiceTar.greeter("three"), wrong);
        }
        deploy("Demo", ServiceTar.greeter("one"), "");
        ask("deploy", "POST", NOWHERE + "/versions", NO_BODY);
        server.call("demo", "/", server.session("alice"));
        ask("listServices", "GET", ServerFixture.SERVICES, NO_BODY);
        ask("listServices", "GET", "/api/v1/environments/nowhere/services", NO_BODY);
        for (String part : List.of("", "/instances", "/versions", "/logs")) {
            String operation = switch (part) {
                case "/instances" -> "listInstances";
                case "/versions" -> "listVersions";
                case "/logs" -> "readLog";
                default -> "getService";
            };
            ask(operation, "GET", DEMO + part, NO_BODY);
            ask(operation, "GET", NOWHERE + part, NO_BODY);
            ask(operation, "GET", NONE + part, NO_BODY);
        }
        ask("readLog", "GET", DEMO + "/logs?lines=many", NO_BODY);
    }

    private void releases() throws Exception {
        String release = DEMO + "/release";
        String rollback = DEMO + "/rollback";
        ask("release", "PUT", release, """
                {"shares":[{"version":"demo-001","weight":30},{"version":"demo-002","weight":70}]}""");
        ask("release", "PUT", release, "{\"version\":\"demo-002\"}");
        ask("release", "PUT", release, "{\"version\":\"demo-002\",\"weight\":101}");
        ask("release", "PUT", release, "{\"version\":\"demo-002\",\"weight\":\"all\"}");
        ask("release", "PUT", release, "{\"version\":\"demo-009\"}");
        ask("release", "PUT", NOWHERE + "/release", "{}");
        ask("release", "PUT", NONE + "/release", "{}");
        ask("rollBack", "POST", rollback, NO_BODY);
        ask("rollBack", "POST", rollback, NO_BODY); // nothing older
        ask("rollBack", "POST", rollback, "{\"version\":\"demo-009\"}");
        ask("rollBack", "POST", rollback, "{\"versions\":\"demo-001\"}");
        ask("rollBack", "POST", NOWHERE + "/rollback", NO_BODY);
        ask("rollBack", "POST", NONE + "/rollback", NO_BODY);
        deploy("demo", ServiceTar.of("package.json", "{\"scripts\":{\"start\":\"exit 3\"}}"), "");
        deploy("demo", ServiceTar.greeter("four"), "");
        ask("release", "PUT", release, "{\"version\":\"demo-003\",\"weight\":10}"); // does not start
        ask("rollBack", "POST", rollback, NO_BODY); // to the same
        deploy("fixed", ServiceTar.greeter("one"), "port=17080");
        deploy("fixed", ServiceTar.greeter("two"), "port=17080");
        ask("release", "PUT", ServerFixture.SERVICES + "/fixed/release", "{\"version\":\"fixed-001\",\"weight\":10}");
    }

    private void functions() throws Exception {
        deployFunction("sum", "exports.main = event => ({ sum: event.a + event.b })", "env=SECRET=hush&timeout=5s");
        deployFunction("sum", "exports.main = async event => ({ sum: event.a + event.b })", "");
        deployFunction("sum", "exports.main = async event => event.a + event.b", "memory=512&install=false");
        api.check("deployFunction", server.deployFunction("sum", ServiceTar.of("readme", "no handler"), ""));
        for (String wrong : List.of("timeout=soon", "env=1A=x", "memory=much")) {
            api.check("deployFunction", server.deployFunction("sum", ServiceTar.of("index.js", ""), wrong));
        }
        api.check("deployFunction", server.deployFunction("1st", ServiceTar.of("index.js", ""), ""));
        ask("deployFunction", "POST", NOWHERE_FUNCTION + "/versions", NO_BODY);
        ask("listFunctions", "GET", ServerFixture.FUNCTIONS, NO_BODY);
        ask("listFunctions", "GET", "/api/v1/environments/nowhere/functions", NO_BODY);
        for (String part : List.of("", "/versions", "/logs", "/hosts")) {
            String operation = switch (part) {
                case "/versions" -> "listFunctionVersions";
                case "/logs" -> "readFunctionLog";
                case "/hosts" -> "listHosts";
                default -> "getFunction";
            };
            ask(operation, "GET", SUM + part, NO_BODY);
            ask(operation, "GET", NOWHERE_FUNCTION + part, NO_BODY);
            ask(operation, "GET", NO_FUNCTION + part, NO_BODY);
        }
        ask("readFunctionLog", "GET", SUM + "/logs?lines=many", NO_BODY);
        ask("rollBackFunction", "POST", SUM + "/rollback", NO_BODY);
        ask("rollBackFunction", "POST", SUM + "/rollback", NO_BODY);
        ask("rollBackFunction", "POST", SUM + "/rollback", NO_BODY); // nothing older
        ask("rollBackFunction", "POST", SUM + "/rollback", "{\"version\":\"sum-009\"}");
        ask("rollBackFunction", "POST", SUM + "/rollback", "{\"versions\":\"sum-001\"}");
        ask("rollBackFunction", "POST", NOWHERE_FUNCTION + "/rollback", NO_BODY);
        ask("rollBackFunction", "POST", NO_FUNCTION + "/rollback", NO_BODY);
    }

    private void invocations() throws Exception {
        for (String action : List.of("invocations", "inspections")) {
            String operation = action.equals("invocations") ? "invokeFunction" : "inspectFunction";
            ask(operation, "POST", NOWHERE_FUNCTION + "/" + action, "{}");
            ask(operation, "POST", NO_FUNCTION + "/" + action, "{}");
            ask(operation, "POST", SUM + "/" + action + "?log=perhaps", "{}");
            ask(operation, "POST", SUM + "/" + action, " ".repeat(8 * 1024 * 1024 + 1));
        }
        ask("invokeFunction", "POST", SUM + "/invocations?as=alice&log=true", "{\"a\":1,\"b\":2}");
        ask("invokeFunction", "POST", SUM + "/invocations", "[]");
        Reply hosts = server.send("GET", SUM + "/hosts", "");
        api.check("listHosts", hosts);
        assertThat(hosts.json().getJsonArray("hosts").stream().map(JsonObject.class::cast))
                .anySatisfy(host -> {
                    assertThat(host.getString("state")).isEqualTo("idle");
                    assertThat(host.getLong("pid")).isPositive();
                    assertThat(Instant.parse(host.getString("idleSince")))
                            .isBetween(Instant.parse(host.getString("startedAt")), Instant.now());
                });
        int port = freePort();
        CompletableFuture<Reply> inspected =
                server.sendLater(SUM + "/inspections?as=alice&port=" + port, "{\"a\":1,\"b\":2}");
        Debugger.letRun(port);
        Reply reply = inspected.get(60, TimeUnit.SECONDS);
        api.check("inspectFunction", reply);
        assertThat(reply.lines()).hasSize(2);
        assertThat(reply.lines().getLast()).contains("\"result\":{\"sum\":3}");
        triggers();
    }

    private void triggers() throws Exception {
        api.check(
                "deployFunction",
                server.deployFunction(
                        "nightly",
                        ServiceTar.of(
                                "index.js",
                                "exports.main = event => event.Type",
                                "config.json",
                                "{\"triggers\":[{\"name\":\"night\",\"type\":\"timer\",\"config\":\"0 0 2 * * * *\"}]}"),
                        ""));
        ask("listTriggers", "GET", ENV + "/triggers", NO_BODY);
        ask("listTriggers", "GET", "/api/v1/environments/nowhere/triggers", NO_BODY);
        String run = "/triggers/night/run";
        ask("runTrigger", "POST", ServerFixture.FUNCTIONS + "/nightly" + run, NO_BODY);
        ask("runTrigger", "POST", ServerFixture.FUNCTIONS + "/nightly/triggers/noon/run", NO_BODY);
        ask("runTrigger", "POST", ServerFixture.FUNCTIONS + "/1st" + run, NO_BODY);
        ask("runTrigger", "POST", NO_FUNCTION + run, NO_BODY);
        ask("runTrigger", "POST", NOWHERE_FUNCTION + run, NO_BODY);
    }

    private void withoutAnybody(ServerFixture without) throws Exception {
        without.send("PUT", "/api/v1/apps/" + Defaults.APP, "{\"secret\":\"hush\"}");
        without.send("PUT", ENV, "{\"app\":\"%s\"}".formatted(Defaults.APP));
        Reply deployed = without.deployFunction("sum", ServiceTar.of("index.js", "exports.main = () => 1"), "");
        assertThat(deployed.status()).isEqualTo(200);
        api.check("invokeFunction", without.send("POST", SUM + "/invocations?as=alice", "{}"));
        api.check("inspectFunction", without.send("POST", SUM + "/inspections?as=alice", "{}"));
    }

    private void deployFunction(String function, String source, String query) throws Exception {
        Reply reply = server.deployFunction(function, ServiceTar.of("index.js", source), query);
        api.check("deployFunction", reply);
        assertThat(reply.lines().getLast()).contains("\"changed\":true");
    }

    private void past() throws Exception {
        ask("listCalls", "GET", "/api/v1/calls", NO_BODY);
        ask("listCalls", "GET", "/api/v1/calls?limit=0", NO_BODY);
        ask("listOpenApiCalls", "GET", "/api/v1/open-api-calls?limit=10&env=prod-01&service=demo", NO_BODY);
        ask("listOpenApiCalls", "GET", "/api/v1/open-api-calls?limit=many", NO_BODY);
        ask("listEvents", "GET", "/api/v1/events?limit=1000", NO_BODY);
        ask("listEvents", "GET", "/api/v1/events?kind=nothing", NO_BODY);
    }

    private void ends() throws Exception {
        ask("removeFunctionVersion", "DELETE", SUM + "/versions/sum-003", NO_BODY);
        ask("removeFunctionVersion", "DELETE", SUM + "/versions/sum-001", NO_BODY); // the live one
        ask("removeFunctionVersion", "DELETE", SUM + "/versions/sum-099", NO_BODY);
        ask("removeFunctionVersion", "DELETE", NOWHERE_FUNCTION + "/versions/sum-001", NO_BODY);
        ask("removeFunctionVersion", "DELETE", NO_FUNCTION + "/versions/none-001", NO_BODY);
        ask("removeFunction", "DELETE", SUM, NO_BODY);
        ask("removeFunction", "DELETE", NOWHERE_FUNCTION, NO_BODY);
        ask("removeFunction", "DELETE", NO_FUNCTION, NO_BODY);
        ask("removeVersion", "DELETE", DEMO + "/versions/demo-003", NO_BODY);
        ask("removeVersion", "DELETE", DEMO + "/versions/demo-004", NO_BODY); // has traffic
        ask("removeVersion", "DELETE", DEMO + "/versions/other-001", NO_BODY);
        ask("removeVersion", "DELETE", DEMO + "/versions/demo-099", NO_BODY);
        ask("removeVersion", "DELETE", NOWHERE + "/versions/demo-001", NO_BODY);
        ask("removeVersion", "DELETE", NONE + "/versions/none-001", NO_BODY);
        ask("removeService", "DELETE", DEMO, NO_BODY);
        ask("removeService", "DELETE", NOWHERE, NO_BODY);
        ask("removeService", "DELETE", NONE, NO_BODY);
        ask("shutDown", "POST", "/api/v1/shutdown", NO_BODY);
    }

    private void ask(String operation, String method, String path, String body)
            throws IOException, InterruptedException {
        api.check(operation, server.send(method, path, body));
    }

    private void deploy(String service, byte[] tar, String query) throws IOException, InterruptedException {
        Reply reply = server.deploy(service, tar, query);
        api.check("deploy", reply);
        if (reply.status() == 200) {
            assertThat(new JsonObject(reply.lines().getLast()).containsKey("progress"))
                    .isFalse();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? at(node.path("$ref").asText()) : node;
    }

    private JsonNode at(String reference) {
        return api.document().at(reference.substring(1));
    }
}
