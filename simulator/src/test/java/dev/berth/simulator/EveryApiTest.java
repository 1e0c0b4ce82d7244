package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Walks through every API of docs/spec/openapi-names.json, each over a socket (OA-47, OA-48). */
class EveryApiTest extends WeChatTest {
    private static final List<JsonObject> NAMES = new JsonArray(Resources.read("openapi-names.json"))
            .stream().map(JsonObject.class::cast).toList();

    /** Fields that the page lists for another case than that of the answer. */
    private static final Map<String, Set<String>> OF_OTHER_CASES = Map.of(
            "ocr.idcard", Set.of("valid_date"), // on the back of the card
            "pluginManager.applyPlugin", Set.of("plugin_list")); // of action=list

    private OpenApiCaller caller = new OpenApiCaller(new Browser(""), "");

    @BeforeEach
    void askForAToken() {
        caller = new OpenApiCaller(browser, Asker.token(browser, SHOP));
    }

    @Test
    void theTableIsWhole() {
        assertThat(NAMES).hasSize(333);
        assertThat(NAMES)
                .allSatisfy(json ->
                        assertThat(Catalogue.named(json.getString("name"))).isPresent());
    }

    @TestFactory
    Stream<DynamicTest> aRightCallHasTheDocumentedAnswer() {
        return each((json, api) -> {
            Browser.Page page = caller.right(api);
            assertThat(page.status()).isEqualTo(200);
            if (api.contentType().isPresent()) {
                assertThat(page.header("content-type"))
                        .isEqualTo(api.contentType().get());
                assertThat(page.body()).isNotEmpty();
                return;
            }
            assertThat(page.header("content-type")).isEqualTo("application/json; encoding=utf-8");
            JsonObject answer = page.json();
            assertThat(answer.getInteger("errcode", 0)).as(page.body()).isZero();
            assertSameShape(json.getJsonObject("example_response"), answer);
            json.getJsonArray("response_fields", new JsonArray()).stream()
                    .filter(field ->
                            !OF_OTHER_CASES.getOrDefault(api.name(), Set.of()).contains(field))
                    .forEach(field -> assertThat(page.body()).contains("\"" + field + "\":"));
        });
    }

    @TestFactory
    Stream<DynamicTest> theWrongMethodIsRefused() {
        return each((json, api) -> {
            String wrong = api.isGet() ? "POST" : "GET";
            Browser.Page page = caller.send(wrong, api, caller.token(), "");
            assertDenied(page, api.isGet() ? 43001 : 43002, api.isGet() ? "require GET method" : "require POST method");
        });
    }

    @TestFactory
    Stream<DynamicTest> aCallWithoutATokenIsRefused() {
        return each((json, api) -> assertDenied(
                caller.send(api.method(), api, "", OpenApiCaller.json(api)), 41001, "access_token missing"));
    }

    @TestFactory
    Stream<DynamicTest> aCallWithAnInventedTokenIsRefused() {
        return each((json, api) -> assertDenied(
                caller.send(api.method(), api, "90_invented", OpenApiCaller.json(api)),
                40001,
                "invalid credential, access_token is invalid or not latest"));
    }

    @TestFactory
    Stream<DynamicTest> aBodyThatIsNoJsonIsRefused() {
        return each(api -> !api.isGet() && api.media().isEmpty(), (json, api) -> {
            assertDenied(caller.send("POST", api, caller.token(), "{\"as\":"), 47001, "data format error");
            assertDenied(caller.send("POST", api, caller.token(), "[1]"), 47001, "data format error");
        });
    }

    @TestFactory
    Stream<DynamicTest> nothingPostedIsRefused() {
        return each(
                api -> api.needsJson() || !api.media().isEmpty(),
                (json, api) -> assertDenied(
                        caller.send("POST", api, caller.token(), ""),
                        api.needsJson() ? 44002 : 41005,
                        api.needsJson() ? "empty post data" : "media data missing"));
    }

    @TestFactory
    Stream<DynamicTest> anEmptyUploadIsRefused() {
        return each(
                api -> !api.media().isEmpty(),
                (json, api) -> assertDenied(caller.upload(api, ""), 44001, "empty media data"));
    }

    private interface Check {
        void of(JsonObject json, ApiDescription api);
    }

    private interface Choice {
        boolean takes(ApiDescription api);
    }

    private static Stream<DynamicTest> each(Check check) {
        return each(api -> true, check);
    }

    private static Stream<DynamicTest> each(Choice choice, Check check) {
        return NAMES.stream()
                .filter(json -> choice.takes(ApiDescription.read(json)))
                .map(json -> dynamicTest(json.getString("name"), () -> check.of(json, ApiDescription.read(json))));
    }

    private static void assertDenied(Browser.Page page, int errcode, String text) {
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).isEqualTo("application/json; encoding=utf-8");
        assertThat(page.json().getInteger("errcode")).isEqualTo(errcode);
        assertThat(page.json().getString("errmsg")).matches(text + " rid: [0-9a-f]{8}(-[0-9a-f]{8}){2}");
    }

    /** Each field of the example is in the answer, with the type it has there. */
    private static void assertSameShape(JsonObject example, JsonObject answer) {
        for (String field : example.fieldNames()) {
            assertThat(answer.containsKey(field)).as(field).isTrue();
            switch (example.getValue(field)) {
                case JsonObject inner -> assertSameShape(inner, object(answer, field));
                case JsonArray list -> assertSameItems(list, answer.getJsonArray(field));
                case Number number -> assertThat(answer.getValue(field)).isInstanceOf(Number.class);
                case Object value -> assertThat(answer.getValue(field)).hasSameClassAs(value);
            }
        }
    }

    /** The page of getopendata shows {@code json} as an object where it is a text (OA-30). */
    private static JsonObject object(JsonObject answer, String field) {
        return field.equals("json") ? new JsonObject(answer.getString(field)) : answer.getJsonObject(field);
    }

    private static void assertSameItems(JsonArray example, JsonArray answer) {
        if (!example.isEmpty() && !answer.isEmpty() && example.getValue(0) instanceof JsonObject first) {
            assertSameShape(first, answer.getJsonObject(0));
        }
    }
}
