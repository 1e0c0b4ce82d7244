package dev.berth.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Caller;
import dev.berth.core.OpenApiRecord;
import dev.berth.core.OpenData;
import dev.berth.openapi.World.Told;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code /wxa/getopendata} through the pipeline: Berth's own CloudIDs, and WeChat's. */
class LocalAnswerTest {
    private static final String PATH = "/wxa/getopendata";
    private static final String OF_ALICE = "openid=o-alice";

    private final Vertx vertx = Vertx.vertx();
    private final ScriptedWeChat weChat = new ScriptedWeChat(vertx);
    private final MovedClock clock = new MovedClock();
    private final CloudIds cloudIds = new CloudIds(new byte[32]);
    private final World world = new World(
            vertx,
            PipelineOptions.of(weChat.baseUrl()).withLimits(4, 4, Duration.ofSeconds(1)),
            new MemoryTokens(),
            Optional.of(new OpenDataAnswer(new SealedCloudIdOpener(cloudIds, clock))));

    @BeforeEach
    void list() {
        world.cloudCall = world.cloudCall.withPaths(Set.of(PATH));
    }

    @AfterEach
    void close() {
        world.close();
        weChat.close();
        vertx.close().await();
    }

    private String cloudIdOf(Caller user) {
        OpenData openData = new WeChatOpenData(cloudIds, clock);
        OpenData.Outcome outcome = openData.cloudId(user, Page.SESSION_KEY, Page.phoneIn(user.appId()));
        return ((OpenData.Made) outcome).cloudId();
    }

    private static String body(String... ids) {
        return new JsonObject().put("cloudid_list", new JsonArray(List.of(ids))).encode();
    }

    private static JsonObject item(Told told) {
        JsonArray list = new JsonObject(told.body()).getJsonArray("data_list");
        return new JsonObject(list.getJsonObject(0).getString("json"));
    }

    @Test
    @Tag("OA-30")
    void aCloudIdOfBerthIsOpenedWithoutWeChat() {
        Told told = world.ask(HttpMethod.POST, PATH, OF_ALICE, body(cloudIdOf(Page.ALICE)))
                .join();
        assertThat(item(told).getJsonObject("data")).isEqualTo(new JsonObject(Page.PHONE));
        assertThat(told.reply().status()).isEqualTo(200);
        assertThat(told.reply().headers().get("content-type")).isEqualTo(ScriptedWeChat.JSON);
        assertThat(told.reply().length()).isEqualTo(told.body().length());
        assertThat(weChat.seen).isEmpty();
        assertThat(world.records)
                .singleElement()
                .extracting(OpenApiRecord::path, OpenApiRecord::status, OpenApiRecord::errcode)
                .containsExactly(PATH, 200, 0);
    }

    @Test
    @Tag("OA-14")
    @Tag("OA-30")
    void withFromAppidItIsOpenedForTheAppThatUsesTheEnvironment() {
        String ofGuest = cloudIdOf(new Caller(World.GRANTED, "o-guest", Optional.empty()));
        Told told = world.ask(World.GRANTED, HttpMethod.POST, PATH, "openid=o-guest", body(ofGuest))
                .join();
        assertThat(item(told).getJsonObject("data").getString("phoneNumber")).isEqualTo("13800138000");
        String ofOwner = cloudIdOf(Page.ALICE);
        Told other = world.ask(World.GRANTED, HttpMethod.POST, PATH, OF_ALICE, body(ofOwner))
                .join();
        assertThat(item(other).getInteger("errCode")).isEqualTo(-601007);
        assertThat(weChat.seen).isEmpty();
    }

    @Test
    @Tag("OA-30")
    void anyOtherReachesWeChatWholeAndWithAToken() {
        weChat.answer(PATH, -601005, "invalid cloudID");
        String asked = body("43_of-wechat", cloudIdOf(Page.ALICE));
        Told told = world.ask(HttpMethod.POST, PATH, OF_ALICE, asked).join();
        assertThat(told.body()).hasToString(ScriptedWeChat.error(-601005, "invalid cloudID"));
        ScriptedWeChat.Seen seen = weChat.seen(PATH).getFirst();
        assertThat(seen.body()).hasToString(asked);
        assertThat(seen.token()).isEqualTo("TOKEN-1");
        assertThat(seen.headers().get("content-length")).isEqualTo("" + asked.getBytes(UTF_8).length);
    }

    @Test
    @Tag("OA-8")
    void soDoesABodyOfUnknownLength() {
        for (String id : new String[] {"43_of-wechat", cloudIdOf(Page.ALICE)}) {
            Buffer bytes = Buffer.buffer(body(id));
            Told told = world.ask(World.question("", HttpMethod.POST, PATH, OF_ALICE, -1, new BufferStream(bytes)))
                    .join();
            assertThat(told.reply().status()).isEqualTo(200);
        }
        assertThat(weChat.seen(PATH))
                .singleElement()
                .satisfies(seen -> assertThat(seen.body()).hasToString(body("43_of-wechat")));
    }

    @Test
    @Tag("OA-15")
    @Tag("OA-25")
    void thePermissionListComesFirst() {
        world.cloudCall = world.cloudCall.withPaths(Set.of());
        Told told = world.ask(HttpMethod.POST, PATH, OF_ALICE, body(cloudIdOf(Page.ALICE)))
                .join();
        assertThat(told.refusal().errcode()).isEqualTo(85107);
    }

    @Test
    @Tag("OA-30")
    void aCallWithoutABodyIsWeChats() {
        world.ask(HttpMethod.POST, PATH, OF_ALICE, "").join();
        assertThat(weChat.seen(PATH)).hasSize(1);
    }

    @Test
    @Tag("OA-30")
    void aBodyThatIsTooLongToBeReadFirstIsRefused() {
        Told told = world.ask(HttpMethod.POST, PATH, OF_ALICE, "x".repeat(RequestBody.KEPT + 1))
                .join();
        assertThat(told.refusal().reason()).contains("longer than 1048576 bytes");
        assertThat(weChat.seen).isEmpty();
    }

    @Test
    @Tag("OA-30")
    void aBodyThatDoesNotComeIsNotWaitedForForLong() {
        Told told = world.ask(World.question("", HttpMethod.POST, PATH, OF_ALICE, 10, new SilentStream()))
                .join();
        assertThat(told.refusal().reason()).contains("the body of the request did not go on for 1 s");
    }

    @Test
    @Tag("OA-30")
    void whoLeavesMeanwhileIsToldNothing() throws Exception {
        CompletableFuture<Told> told = new CompletableFuture<>();
        CompletableFuture<Void> left = new CompletableFuture<>();
        Question question = World.question("", HttpMethod.POST, PATH, OF_ALICE, 10, new SilentStream());
        vertx.runOnContext(ignored -> {
            world.pipeline.ask(question, World.collecting(told)).abandon();
            left.complete(null);
        });
        left.get(10, TimeUnit.SECONDS);
        assertThat(told).isNotDone();
        assertThat(world.records)
                .singleElement()
                .satisfies(record -> assertThat(record.reason()).contains("the asker went away"));
    }
}
