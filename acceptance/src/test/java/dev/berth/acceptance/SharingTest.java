package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A second app: refused, granted, withdrawn (资源复用). */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SharingTest {
    private static final String OWNER = "wx1111111111111111";
    private static final String OTHER = "wx2222222222222222";

    @RegisterExtension
    static final Platform platform = new Platform("echo");

    @BeforeAll
    static void addTheOtherApp() {
        platform.folder().berthWithInput("a-secret\n", "apps", "add", OTHER).ok();
        platform.berth("envs", "add", "other-01", "--app", OTHER).ok();
    }

    @Test
    @Order(1)
    @Tag("CH-74")
    @Tag("CH-115")
    void aForeignAppIsRefused() {
        Caller carol = platform.as("alice", OTHER);
        assertMismatch(carol.get("echo", "/"));
        assertMismatch(shared(carol));
    }

    @Test
    @Order(2)
    @Tag("CH-74")
    void theOwnerIsAForeignerElsewhere() {
        assertMismatch(Caller.send(platform.as("alice").to("other-01", "echo", "/")));
    }

    @Test
    @Order(3)
    @Tag("CH-44")
    @Tag("CH-115")
    @Tag("CH-130")
    @Tag("CH-132")
    void aGrantedAppCallsAsItself() {
        platform.berth("grant", OTHER).ok();
        Caller carol = platform.as("alice", OTHER);
        JsonNode seen = shared(carol).json().path("headers");
        assertThat(seen.path("x-wx-from-appid").asText()).isEqualTo(OTHER);
        assertThat(seen.path("x-wx-from-openid").asText())
                .matches("o[\\w-]{27}")
                .isNotEqualTo(ownOpenid());
        assertThat(seen.path("x-wx-from-unionid").asText()).isNotEmpty();
        assertThat(seen.has("x-wx-openid")).isFalse();
        assertThat(seen.has("x-wx-appid")).isFalse();
        assertThat(seen.has("x-wx-unionid")).isFalse();
        assertThat(seen.path("x-wx-env").asText()).isEqualTo("prod-01");
        assertThat(seen.path("referer").asText()).contains(OTHER);
        assertMismatch(carol.get("echo", "/")); // without the owner's name
    }

    @Test
    @Order(4)
    @Tag("CH-130")
    void theCommandCallsFromAnotherApp() {
        assertThat(platform.berth("call", "echo", "/", "--from", OTHER).ok().out())
                .contains("\"x-wx-from-appid\":\"" + OTHER + "\"");
    }

    @Test
    @Order(5)
    @Tag("CH-135")
    void aWithdrawnGrantRefusesTheNextCall() {
        Caller carol = platform.as("alice", OTHER);
        assertThat(shared(carol).systemError()).isEmpty();
        platform.berth("grant", OTHER, "--revoke").ok();
        assertMismatch(shared(carol));
    }

    private static Answer shared(Caller caller) {
        return Caller.send(caller.to("echo", "/").header("X-WX-RESOURCE-APPID", OWNER));
    }

    private static String ownOpenid() {
        return platform.as("alice")
                .get("echo", "/")
                .json()
                .path("headers")
                .path("x-wx-openid")
                .asText();
    }

    private static void assertMismatch(Answer answer) {
        assertThat(answer.systemError()).isEqualTo("-501000");
        assertThat(answer.errmsg()).isEqualTo("Authorization mismatch uin");
    }
}
