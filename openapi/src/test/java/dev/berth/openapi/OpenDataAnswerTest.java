package dev.berth.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.Caller;
import dev.berth.core.OpenData;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenDataAnswerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MovedClock clock = new MovedClock();
    private final CloudIds cloudIds = new CloudIds(new byte[32]);
    private final OpenData openData = new WeChatOpenData(cloudIds, clock);
    private final LocalAnswer answer = new OpenDataAnswer(new SealedCloudIdOpener(cloudIds, clock));

    private String cloudIdOf(Caller user) {
        return ((OpenData.Made) openData.cloudId(user, Page.SESSION_KEY, Page.phone())).cloudId();
    }

    private static byte[] listOf(String... cloudIds) {
        return Stream.of(cloudIds)
                .collect(Collectors.joining("\",\"", "{\"cloudid_list\":[\"", "\"]}"))
                .getBytes(UTF_8);
    }

    private JsonNode ask(String appId, String query, String... cloudIds) throws Exception {
        return JSON.readTree(answer.answer(appId, query, listOf(cloudIds)).orElseThrow());
    }

    /** The only item's text, parsed. */
    private JsonNode itemFor(String appId, String query, String cloudId) throws Exception {
        return JSON.readTree(ask(appId, query, cloudId)
                .path("data_list")
                .path(0)
                .path("json")
                .textValue());
    }

    @Test
    @Tag("OA-30")
    void theDataIsATextInTheAnswer() throws Exception {
        String cloudId = cloudIdOf(Page.ALICE);
        JsonNode whole = ask(Page.APP, "openid=o-alice", cloudId);
        assertThat(whole.path("errcode").intValue()).isZero();
        assertThat(whole.path("errmsg").textValue()).isEqualTo("ok");
        assertThat(whole.path("data_list")).hasSize(1);
        JsonNode item = whole.path("data_list").path(0);
        assertThat(item.path("cloud_id").textValue()).isEqualTo(cloudId);
        assertThat(item.path("json").textValue())
                .isEqualTo("{\"cloudID\":\"" + cloudId + "\",\"data\":" + Page.PHONE + "}");
        assertThat(answer.path()).isEqualTo("/wxa/getopendata");
    }

    @Test
    @Tag("OA-30")
    void everyIdHasItsItemInTheOrderAsked() throws Exception {
        String good = cloudIdOf(Page.ALICE);
        JsonNode list = ask(Page.APP, "a=b&openid=o%2Dalice&c=d", "berth1_forged", good, good)
                .path("data_list");
        assertThat(list.findValuesAsText("cloud_id")).containsExactly("berth1_forged", good, good);
        assertThat(list.path(0).path("json").textValue()).contains("-601005");
        assertThat(list.path(2).path("json").textValue()).contains("13800138000");
    }

    @Test
    @Tag("OA-31")
    void itLivesFiveMinutesAndMayBeExchangedAgainMeanwhile() throws Exception {
        String cloudId = cloudIdOf(Page.ALICE);
        clock.pass(Duration.ofMinutes(5).minusMillis(1));
        for (int times = 0; times < 2; times++) {
            assertThat(itemFor(Page.APP, "openid=o-alice", cloudId).has("data")).isTrue();
        }
        clock.pass(Duration.ofMillis(1));
        assertThat(itemFor(Page.APP, "openid=o-alice", cloudId))
                .hasToString("{\"cloudID\":\"" + cloudId + "\",\"errCode\":-601006,\"errMsg\":\"cloudID expired.\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openid=o-bob", "openid=", "", "openid", "open_id=o-alice", "openid=%zz"})
    @Tag("OA-31")
    void anotherUsersIsNotGivenOut(String query) throws Exception {
        JsonNode item = itemFor(Page.APP, query, cloudIdOf(Page.ALICE));
        assertThat(item.path("errCode").intValue()).isEqualTo(-601007);
        assertThat(item.has("data")).isFalse();
    }

    @Test
    @Tag("OA-14")
    @Tag("OA-31")
    void anotherAppsIsNotGivenOut() throws Exception {
        JsonNode item = itemFor(Page.OTHER_APP, "openid=o-alice", cloudIdOf(Page.ALICE));
        assertThat(item.path("errCode").intValue()).isEqualTo(-601007);
        assertThat(item.has("data")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{\"cloudid_list\":null}",
                "{\"cloudid_list\":[]}",
                "{\"cloudid_list\":\"berth1_a\"}",
                "{\"cloudid_list\":[5]}",
                "{\"cloudid_list\":[\"43_of-wechat\"]}",
                "{\"cloudid_list\":[\"berth1_a\",\"43_of-wechat\"]}",
            })
    @Tag("OA-30")
    void whatIsNotAllBerthsIsForWeChatToAnswer(String body) {
        assertThat(answer.answer(Page.APP, "openid=o-alice", body.getBytes(UTF_8)))
                .isEqualTo(Optional.empty());
    }
}
