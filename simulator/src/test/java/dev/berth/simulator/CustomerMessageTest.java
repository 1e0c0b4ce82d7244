package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The customer-service chat and the pictures in it (OA-48: 45015, 45047). */
class CustomerMessageTest extends WeChatTest {
    private static final String SEND = "/cgi-bin/message/custom/send";
    private static final String TYPING = "/cgi-bin/message/custom/typing";
    private static final Buffer PNG =
            Buffer.buffer(HexFormat.of().parseHex("89504e470d0a1a0a")).appendString("…");

    @Test
    void whoHasNotWrittenIsNotWrittenTo() {
        assertError(shop().post(SEND, text("Hello")), 45015, "response out of time limit or subscription is canceled");
    }

    @Test
    void aMessageOfTheUserPermitsFive() {
        write("Is it open?");
        for (int sent = 0; sent < 5; sent++) {
            assertThat(shop().errcode(SEND, text("Yes"))).isZero();
        }
        assertError(shop().post(SEND, text("Yes")), 45047, "out of response count limit");

        write("Thanks");
        write("Bye");
        for (int sent = 0; sent < 5; sent++) {
            assertThat(shop().errcode(SEND, text("Bye"))).isZero();
        }
        assertThat(shop().errcode(SEND, text("Bye"))).isEqualTo(45047);
    }

    @Test
    void aMessageOfTheUserPermitsThemForFortyEightHours() {
        write("Is it open?");
        clock.advance(Duration.ofDays(2).minusMillis(1));
        assertThat(shop().errcode(SEND, text("Yes"))).isZero();
        clock.advance(Duration.ofMillis(1));

        assertThat(shop().errcode(SEND, text("Yes"))).isEqualTo(45015);
    }

    @Test
    void openingTheChatPermitsTwoForAMinute() {
        JsonObject event = act(new JsonObject());
        assertThat(event.getString("Event")).isEqualTo("user_enter_tempsession");
        assertThat(shop().errcode(SEND, text("Welcome"))).isZero();
        assertThat(shop().errcode(SEND, text("What can we do?"))).isZero();
        assertThat(shop().errcode(SEND, text("?"))).isEqualTo(45047);

        act(new JsonObject());
        clock.advance(Duration.ofMinutes(1));
        assertThat(shop().errcode(SEND, text("Welcome"))).isEqualTo(45015);
    }

    @Test
    void openingTheChatTakesNothingAway() {
        write("Is it open?");
        act(new JsonObject());
        clock.advance(Duration.ofHours(1));

        for (int sent = 0; sent < 5; sent++) {
            assertThat(shop().errcode(SEND, text("Yes"))).isZero();
        }
    }

    @Test
    void whatIsLeftOfAnOldPermissionIsNotAddedToANewOne() {
        write("Is it open?");
        clock.advance(Duration.ofHours(49));
        act(new JsonObject());

        assertThat(shop().errcode(SEND, text("Welcome"))).isZero();
        assertThat(shop().errcode(SEND, text("Welcome"))).isZero();
        assertThat(shop().errcode(SEND, text("Welcome"))).isEqualTo(45047);
    }

    @Test
    void whatTheUserWritesIsShownAsTheAppIsToldIt() {
        JsonObject event = write("Is it open?"); // MP-3

        assertThat(event.getString("ToUserName")).isEqualTo(SHOP.appid());
        assertThat(event.getString("FromUserName")).isEqualTo(shop().openid("alice"));
        assertThat(event.getLong("CreateTime")).isEqualTo(clock.instant().getEpochSecond());
        assertThat(event.getString("MsgType")).isEqualTo("text");
        assertThat(event.getString("Content")).isEqualTo("Is it open?");
        assertThat(event.getLong("MsgId")).isPositive().isLessThan(1L << 53);
    }

    @Test
    void everyKindOfMessageLandsInTheInboxTheNewestLast() {
        write("Hi");
        String picture = upload("image").getString("media_id");
        JsonObject[] messages = {
            text("Hello"),
            message("image", new JsonObject().put("media_id", picture)),
            message(
                    "link",
                    new JsonObject()
                            .put("title", "Menu")
                            .put("description", "What there is")
                            .put("url", "https://example.com/")
                            .put("thumb_url", "https://example.com/a.png")),
            message(
                    "miniprogrampage",
                    new JsonObject()
                            .put("title", "Menu")
                            .put("pagepath", "pages/menu/menu?day=1")
                            .put("thumb_media_id", picture))
        };
        for (JsonObject message : messages) {
            assertThat(shop().post(SEND, message).getInteger("errcode")).isZero();
            clock.advance(Duration.ofSeconds(1));
        }

        JsonArray inbox = browser.get("/__sim__/users/alice/inbox").json().getJsonArray("messages");
        assertThat(inbox).hasSize(messages.length);
        for (int i = 0; i < messages.length; i++) {
            JsonObject entry = inbox.getJsonObject(i);
            String type = messages[i].getString("msgtype");
            assertThat(entry.getString("kind")).isEqualTo("CUSTOMER_MESSAGE");
            assertThat(entry.getJsonObject("content"))
                    .isEqualTo(new JsonObject().put("msgtype", type).put(type, messages[i].getJsonObject(type)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"touser\":\"nobody\"} | 40003",
                "{\"msgtype\":\"fax\"} | 40008",
                "{\"msgtype\":\"\"} | 40008",
                "{\"text\":{\"content\":\"\"}} | 44004",
                "{\"text\":\"Hello\"} | 44004",
                "{\"msgtype\":\"image\",\"image\":{\"media_id\":\"invented\"}} | 40007",
                "{\"msgtype\":\"link\",\"link\":{\"title\":\"a\",\"description\":\"b\",\"url\":\"c\"}} | 40097",
                "{\"msgtype\":\"miniprogrampage\",\"miniprogrampage\":{\"title\":\"a\"}} | 40097",
                "{\"msgtype\":\"miniprogrampage\",\"miniprogrampage\":{\"title\":\"a\",\"pagepath\":\"a b\"}} | 40165",
                "{\"msgtype\":\"miniprogrampage\",\"miniprogrampage\":{\"title\":\"a\",\"pagepath\":\"a\"}} | 40007",
            })
    void aFlawedMessageIsRefusedAndDoesNotCount(String change, int errcode) {
        write("Hi");
        assertThat(shop().errcode(SEND, text("Hello").mergeIn(new JsonObject(change))))
                .isEqualTo(errcode);

        for (int sent = 0; sent < 5; sent++) {
            assertThat(shop().errcode(SEND, text("Hello"))).isZero();
        }
    }

    @Test
    void aTextIsAtMost2048BytesLong() {
        write("Hi");

        assertThat(shop().errcode(SEND, text("a".repeat(2048)))).isZero();
        assertThat(shop().errcode(SEND, text("字".repeat(683)))).isEqualTo(45002);
    }

    @Test
    void typingIsShownForFifteenSecondsAfterAMessage() {
        assertThat(typing("Typing")).isEqualTo(45080);
        write("Hi");
        clock.advance(Duration.ofSeconds(10));
        assertThat(typing("Typing")).isZero();
        assertThat(typing("Typing")).isEqualTo(45081);
        clock.advance(Duration.ofSeconds(15));
        assertThat(typing("Typing")).isZero();
        assertThat(typing("CancelTyping")).isZero();
        assertThat(typing("Typing")).isZero();
        assertThat(typing("Dancing")).isEqualTo(45072);
        clock.advance(Duration.ofSeconds(6));
        assertThat(typing("Typing")).isEqualTo(45080);
    }

    @Test
    void anUploadCanBeHadAgainForThreeDaysByItsApp() {
        JsonObject uploaded = upload("image");
        assertThat(uploaded.getInteger("errcode")).isZero();
        assertThat(uploaded.getString("type")).isEqualTo("image");
        assertThat(uploaded.getLong("created_at")).isEqualTo(clock.instant().getEpochSecond());
        String target = "/cgi-bin/media/get?media_id=" + uploaded.getString("media_id");

        AppServer.Answer answer = shop().download(target);
        assertThat(answer.contentType()).isEqualTo("image/png");
        assertThat(answer.content()).isEqualTo(PNG);
        assertThat(new AppServer(browser, NEWS).get(target).getInteger("errcode"))
                .isEqualTo(40007);
        clock.advance(Duration.ofDays(3));
        assertThat(shop().get(target).getInteger("errcode")).isEqualTo(40007);
    }

    @ParameterizedTest
    @CsvSource({"voice, 40004", "'', 40004", "IMAGE, 40004"})
    void aMiniProgramUploadsPicturesOnly(String type, int errcode) {
        assertThat(upload(type).getInteger("errcode")).isEqualTo(errcode);
    }

    @Test
    void anOfficialAccountUploadsSoundsAndThumbnailsToo() {
        AppServer news = new AppServer(browser, NEWS);

        assertThat(news.upload("/cgi-bin/media/upload?type=voice", "a.mp3", Buffer.buffer("a sound"))
                        .getInteger("errcode"))
                .isZero();
        assertThat(news.upload("/cgi-bin/media/upload?type=thumb", "a.png", PNG).getInteger("errcode"))
                .isZero();
        Buffer large = PNG.copy().appendBytes(new byte[64 * 1024]);
        assertThat(news.upload("/cgi-bin/media/upload?type=thumb", "a.png", large)
                        .getInteger("errcode"))
                .isEqualTo(40012);
    }

    @Test
    void aPictureThatIsNoneIsRefused() {
        assertThat(shop().upload("/cgi-bin/media/upload?type=image", "a.png", Buffer.buffer("no picture"))
                        .getInteger("errcode"))
                .isEqualTo(40005);
    }

    private AppServer shop() {
        return new AppServer(browser, SHOP);
    }

    private JsonObject upload(String type) {
        return shop().upload("/cgi-bin/media/upload?type=" + type, "a.png", PNG);
    }

    private int typing(String command) {
        return shop().errcode(
                        TYPING,
                        new JsonObject().put("touser", shop().openid("alice")).put("command", command));
    }

    private JsonObject write(String text) {
        return act(new JsonObject().put("text", text));
    }

    private JsonObject act(JsonObject body) {
        body.put("appid", SHOP.appid()).put("user", "alice");
        return browser.send("POST", "/__sim__/messages", body.encode()).json();
    }

    private JsonObject text(String content) {
        return message("text", new JsonObject().put("content", content));
    }

    private JsonObject message(String type, JsonObject content) {
        return new JsonObject()
                .put("touser", shop().openid("alice"))
                .put("msgtype", type)
                .put(type, content);
    }

    private static void assertError(JsonObject answer, int errcode, String text) {
        assertThat(answer.getInteger("errcode")).isEqualTo(errcode);
        assertThat(answer.getString("errmsg")).startsWith(text + " rid: ");
    }
}
