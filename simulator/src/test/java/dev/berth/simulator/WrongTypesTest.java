package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every API with the same odd value in all its fields: it may refuse, it may answer, it may not fail. */
class WrongTypesTest extends WeChatTest {
    static Stream<Object> oddValues() {
        return Stream.of(
                JsonObject.of("null", null),
                JsonObject.of(),
                new JsonArray(),
                new JsonArray(List.of(1, "two", new JsonArray(), new JsonObject())),
                JsonObject.of("value", new JsonArray(), "openid", 7, "action", JsonObject.of()),
                0,
                -1,
                Long.MAX_VALUE,
                1e308,
                true,
                "",
                " ",
                "0",
                "-1",
                "\u0000\n\ud800",
                "'; DROP TABLE user; --",
                "../../etc/passwd?a=b&c#d",
                "%s%n{}",
                "云".repeat(4000));
    }

    @ParameterizedTest
    @MethodSource("oddValues")
    void noApiFails(Object value) {
        String token = Asker.token(browser, SHOP);
        try (LogTrap log = LogTrap.set()) {
            for (ApiDescription api : Catalogue.APIS) {
                Browser.Page page = call(api, token, value);

                assertThat(page.status()).as(api.name()).isEqualTo(200);
                assertThat(page.body()).as(api.name()).doesNotContain("\"errcode\":-1,");
            }
            assertThat(log.lines()).isEmpty();
        }
    }

    private Browser.Page call(ApiDescription api, String token, Object value) {
        StringBuilder target =
                new StringBuilder(api.path()).append("?access_token=").append(token);
        String text = value.toString();
        String parameter = OpenApiCaller.encoded(text.substring(0, Math.min(text.length(), 50)));
        api.query().forEach(name -> target.append('&').append(name).append('=').append(parameter));
        JsonObject body = new JsonObject();
        api.body().forEach(field -> body.put(field, value));
        return browser.send(api.method(), target.toString(), api.isGet() ? "" : body.encode());
    }
}
