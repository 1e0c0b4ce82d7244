package dev.berth.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Asker;
import dev.berth.core.CloudCall;
import dev.berth.core.FunctionId;
import dev.berth.openapi.World.Told;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionsTest {
    private static final String RID = "[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}";

    private final Vertx vertx = Vertx.vertx();
    private final ScriptedWeChat weChat = new ScriptedWeChat(vertx);
    private World world = World.of(vertx, weChat.baseUrl());

    @AfterEach
    void close() {
        world.close();
        weChat.close();
        vertx.close().await();
    }

    @Test
    @Tag("OA-15")
    @Tag("OA-25")
    void aPathThatIsNotListedIsDeniedBeforeAnythingIsSent() {
        Denial denial = world.get("/wxa/getwxacode").refusal();

        assertThat(denial.status()).isEqualTo(200);
        assertThat(denial.contentType()).isEqualTo("application/json; encoding=utf-8");
        assertThat(denial.body())
                .isEqualTo("{\"errcode\":85107,\"errmsg\":\"URL不在白名单内,请前往「微信云托管控制台-服务管理-云调用-微信令牌」配置\"}");
        assertThat(denial.withSeqid()).isTrue();
        assertThat(denial.reason())
                .isEqualTo(
                        "/wxa/getwxacode is not in the permission list of environment prod-01; add it: berth permissions add /wxa/getwxacode --env prod-01");
        assertThat(weChat.seen).isEmpty();
    }

    @Test
    @Tag("OA-16")
    void theSwitchMakesIt502() {
        deny(DenyForm.BAD_GATEWAY);
        Denial denial = world.get("/wxa/getwxacode").refusal();

        assertThat(denial.status()).isEqualTo(502);
        assertThat(denial.body()).isEqualTo("Bad Gateway");
        assertThat(denial.withSeqid()).isTrue();
    }

    @Test
    @Tag("OA-17")
    void theSwitchMakesIt48001() {
        deny(DenyForm.UNAUTHORIZED);

        assertSays(world.get("/wxa/getwxacode").refusal(), 48001, "api unauthorized rid: " + RID);
    }

    @Test
    @Tag("OA-18")
    void whileTheSwitchIsOffItLooksAsIfThereWereNoPlatform() {
        world.cloudCall = world.cloudCall.withOn(false);
        Denial denial = world.get(World.LISTED).refusal();

        assertSays(denial, 41001, "access_token missing rid: " + RID);
        assertThat(denial.withSeqid()).isFalse();
        assertThat(weChat.seen).isEmpty();
    }

    @Test
    @Tag("OA-18")
    void anEnvironmentThatIsGoneHasNoSwitch() {
        world.gone = true;

        assertSays(world.get(World.LISTED).refusal(), 41001, "access_token missing rid: " + RID);
    }

    @Test
    @Tag("OA-3")
    void aChangeOfTheListHoldsAtOnce() {
        assertThat(world.get("/wxa/new").denial()).isNotNull();
        world.cloudCall = CloudCall.DEFAULT.withPaths(Set.of("/wxa/new"));
        assertThat(world.get("/wxa/new").answer()).isNotNull();
        world.cloudCall = CloudCall.DEFAULT;
        assertThat(world.get("/wxa/new").denial()).isNotNull();
    }

    @ParameterizedTest
    @Tag("OA-4")
    @ValueSource(
            strings = {
                "/wxa/MSG_SEC_CHECK",
                "/wxa/msg_sec_check/",
                "/wxa//msg_sec_check",
                "/img/../wxa/getwxacode",
                "/img/./a",
                "/img//a",
                "/img/..;/wxa/getwxacode",
                "/img/..;x=1/wxa/getwxacode",
                "/img/a;x=1",
                "/img/%2e%2e/wxa/getwxacode",
                "/img\\..\\a",
                ""
            })
    void noOtherSpellingOfAPathIsAllowed(String path) {
        assertSays(world.get(path).refusal(), 85107, "URL不在白名单内.*");
        assertThat(weChat.seen).isEmpty();
    }

    @Test
    @Tag("OA-11")
    @Tag("OA-12")
    @Tag("OA-13")
    @Tag("OA-20")
    void theIdentityIsTheOwnersOrThatOfAnAppWithAGrant() {
        assertThat(ask("").answer()).isNotNull();
        assertThat(ask(World.OWNER).answer()).isNotNull();
        assertThat(ask(World.GRANTED).answer()).isNotNull();
        assertThat(world.records.stream().filter(call -> call.path().equals(World.LISTED)))
                .extracting(call -> call.appId())
                .containsExactly(World.OWNER, World.OWNER, World.GRANTED);

        Denial denial = ask("wx3333333333333333").refusal();
        assertSays(denial, 85105, "api unauthorized rid: " + RID);
        assertThat(denial.reason()).contains("berth grant wx3333333333333333 --env prod-01");
    }

    @Test
    @Tag("OA-25")
    void aReasonCanStandInAHeaderWhateverWasAsked() {
        assertThat(ask("wx\r\nx-evil: 1; rm -rf / 云").refusal().reason())
                .matches("[ -~]+")
                .as("nothing to paste that an application wrote")
                .doesNotContain("rm");
        assertThat(world.get("/云/\u0007" + "a".repeat(10_000)).refusal().reason())
                .matches("[ -~]+")
                .hasSizeLessThan(700);
    }

    @Test
    @Tag("OA-33")
    @Tag("OA-36")
    void payNeedsNoEntryAndHasNoMerchant() {
        Told told = world.ask(HttpMethod.POST, "/_/pay/unifiedOrder", "", "{}").join();

        assertThat(new JsonObject(told.refusal().body()))
                .isEqualTo(
                        new JsonObject(
                                "{\"errcode\":0,\"errmsg\":\"ok\",\"respdata\":{\"return_code\":\"FAIL\",\"return_msg\":\"受理关系不存在\"}}"));
        assertThat(told.refusal().reason()).contains("not there yet");
        Question plain = World.question(
                "", HttpMethod.POST, "/_/pay/refund", "", 0, new BufferStream(io.vertx.core.buffer.Buffer.buffer()));
        plain.headers().set(HttpHeaders.CONTENT_TYPE, "text/plain");
        assertSays(world.ask(plain).join().refusal(), 45105, "invalid content type");
        assertThat(weChat.seen).isEmpty();
    }

    private Told ask(String fromApp) {
        return world.ask(fromApp, HttpMethod.GET, World.LISTED, "", "").join();
    }

    private void deny(DenyForm form) {
        world.close();
        world = new World(vertx, PipelineOptions.of(weChat.baseUrl()).withDeny(form), new MemoryTokens());
    }

    static void assertSays(Denial denial, int errcode, String errmsg) {
        JsonObject body = new JsonObject(denial.body());
        assertThat(denial.status()).isEqualTo(200);
        assertThat(denial.errcode()).isEqualTo(errcode);
        assertThat(body.getInteger("errcode")).isEqualTo(errcode);
        assertThat(body.getString("errmsg")).matches(errmsg);
    }

    @Test
    @Tag("HO-53")
    @Tag("AD-38")
    void functionsNeedNoListButAGrantAndAnEnvironment() {
        world.cloudCall = CloudCall.DEFAULT.withOn(false);
        Asker function = new Asker.FunctionAsker(new FunctionId(World.ENV, "sum"), "request-1");

        assertThat(ask(function, "").reply().status()).isEqualTo(200);
        assertThat(ask(function, World.GRANTED).reply().status()).isEqualTo(200);
        assertSays(ask(function, "wx9999999999999999").refusal(), 85105, "api unauthorized rid: " + RID);
        world.gone = true;
        assertSays(ask(function, "").refusal(), 41001, "access_token missing rid: " + RID);
    }

    private Told ask(Asker asker, String fromApp) {
        return world.ask(new Question(
                        asker,
                        fromApp,
                        HttpMethod.GET,
                        "/wxa/unlisted",
                        "",
                        HttpHeaders.headers(),
                        0,
                        new BufferStream(Buffer.buffer())))
                .join();
    }
}
