package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same seed, clock and calls of every API give the same answers, byte for byte. */
class RepeatedRunTest extends WeChatTest {
    @Test
    void aRunThroughAllApisRepeatsItself() {
        List<String> first = run(42);
        List<String> second = run(42);

        assertThat(first).hasSizeGreaterThan(1000);
        assertThat(second).isEqualTo(first);
        assertThat(run(43)).hasSameSizeAs(first).isNotEqualTo(first);
    }

    private List<String> run(int seed) {
        browser.send("POST", "/__sim__/reset", "");
        browser.send("PUT", "/__sim__/seed", JsonObject.of("seed", seed).encode());
        browser.send("PUT", "/__sim__/clock", "{\"now\":\"2026-03-04T05:06:07Z\"}");
        OpenApiCaller caller = new OpenApiCaller(browser, Asker.token(browser, SHOP));
        browser.send("POST", "/__sim__/faults", "{\"api\":\"wxa.game.pay\",\"probability\":0.5,\"errcode\":-1}");
        List<String> answers = new ArrayList<>(List.of(caller.token()));
        for (ApiDescription api : Catalogue.APIS) {
            answers.add(caller.right(api).body());
            answers.add(caller.send("PUT", api, caller.token(), "{}").body());
            answers.add(caller.send("POST", api, "invented", "{}").body());
        }
        ApiDescription struck = Catalogue.named("wxa.game.pay").orElseThrow();
        for (int i = 0; i < 20; i++) {
            answers.add(caller.right(struck).body());
        }
        answers.add(browser.get("/__sim__/journal?limit=1000").body());
        return answers;
    }
}
