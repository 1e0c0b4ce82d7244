package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.binarywang.wx.miniapp.api.WxMaService;
import cn.binarywang.wx.miniapp.api.impl.WxMaServiceImpl;
import cn.binarywang.wx.miniapp.bean.WxMaJscode2SessionResult;
import cn.binarywang.wx.miniapp.bean.WxMaSubscribeMessage;
import cn.binarywang.wx.miniapp.config.impl.WxMaDefaultConfigImpl;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import me.chanjar.weixin.common.error.WxErrorException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The SDK that most Java backends use, pointed at the simulated WeChat with the app's own secret. */
class WxJavaTest {
    private static final String APP = "wx5555555555555555";
    private static final String TEMPLATE = "parcel-template";
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @RegisterExtension
    static final Platform platform = new Platform("echo");

    private static WxMaService service;

    @BeforeAll
    static void addApp() {
        platform.folder().berthWithInput(SECRET + "\n", "apps", "add", APP).ok();
        service = serviceWith(SECRET);
    }

    @Test
    @Tag("OA-47")
    void tokenIsHadAndUsed() throws WxErrorException {
        assertThat(service.getAccessToken(true)).isNotEmpty();
        assertThat(service.getSecurityService().checkMessage("hello")).isTrue();
    }

    @Test
    @Tag("OA-48")
    void riskyTextIsFound() {
        assertThatThrownBy(() -> service.getSecurityService().checkMessage("特3456书yuuo莞6543李zxcz蒜7782法fgnv级"))
                .isInstanceOfSatisfying(
                        WxErrorException.class,
                        e -> assertThat(e.getError().getErrorCode()).isEqualTo(87014));
    }

    @Test
    @Tag("OA-49")
    void userIsSignedIn() throws WxErrorException {
        WxMaJscode2SessionResult session = service.getUserService().getSessionInfo(code("alice"));
        assertThat(session.getOpenid()).matches("o[\\w-]{27}");
        assertThat(session.getSessionKey()).isNotEmpty();
    }

    @Test
    @Tag("OA-48")
    void subscriptionMessageNeedsTheUsersConsent() throws WxErrorException {
        String openid = service.getUserService().getSessionInfo(code("bob")).getOpenid();
        Caller.send(HttpRequest.newBuilder(
                        platform.door("simulator").resolve("/__sim__/apps/%s/templates/%s".formatted(APP, TEMPLATE)))
                .PUT(BodyPublishers.ofString("{\"title\": \"Parcel\", \"content\": \"What:{{thing1.DATA}}\"}")));
        WxMaSubscribeMessage message = WxMaSubscribeMessage.builder()
                .toUser(openid)
                .templateId(TEMPLATE)
                .data(List.of(new WxMaSubscribeMessage.MsgData("thing1", "a parcel")))
                .build();
        assertThatThrownBy(() -> service.getMsgService().sendSubscribeMsg(message))
                .isInstanceOfSatisfying(
                        WxErrorException.class,
                        e -> assertThat(e.getError().getErrorCode()).isEqualTo(43101));
        Caller.post(
                platform.door("simulator").resolve("/__sim__/subscriptions"),
                "{\"appid\":\"%s\",\"user\":\"bob\",\"template\":\"%s\",\"accept\":1}".formatted(APP, TEMPLATE));
        service.getMsgService().sendSubscribeMsg(message);
        assertThat(platform.berth("inbox", "bob").ok().out()).contains("a parcel");
    }

    @Test
    void miniProgramCodeIsAPicture() throws WxErrorException {
        byte[] picture = service.getQrcodeService()
                .createWxaCodeUnlimitBytes("a=1", null, false, "release", 430, true, null, false);
        assertThat(picture.length).isGreaterThan(500);
    }

    @Test
    @Tag("OA-48")
    void wrongSecretIsToldAsSuch() {
        assertThatThrownBy(() -> serviceWith("f".repeat(32)).getAccessToken(true))
                .hasMessageContaining("40125");
    }

    private static WxMaService serviceWith(String secret) {
        WxMaDefaultConfigImpl config = new WxMaDefaultConfigImpl();
        config.setAppid(APP);
        config.setSecret(secret);
        config.setApiHostUrl(platform.door("simulator").toString());
        WxMaService service = new WxMaServiceImpl();
        service.setWxMaConfig(config);
        return service;
    }

    private static String code(String user) {
        return Caller.post(
                        platform.door("simulator").resolve("/__sim__/codes"),
                        "{\"appid\":\"%s\",\"user\":\"%s\"}".formatted(APP, user))
                .json()
                .path("code")
                .asText();
    }
}
