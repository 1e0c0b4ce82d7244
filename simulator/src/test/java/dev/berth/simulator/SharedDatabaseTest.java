package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Two simulators on one file, as two processes would be: the database alone keeps a code single. */
class SharedDatabaseTest extends WeChatTest {
    private static final int TRIES = 40;

    @Test
    void aCodeIsGoodOnceInBothTogether() throws Exception {
        try (Simulator second = Simulator.start(vertx(), options())) {
            for (int round = 0; round < 5; round++) {
                List<JsonObject> answers = exchangeAtBoth(code(SHOP, "alice"), second);

                assertThat(answers.stream().filter(answer -> answer.containsKey("openid")))
                        .hasSize(1);
                assertThat(answers.stream()
                                .map(answer -> answer.getInteger("errcode"))
                                .filter(Objects::nonNull))
                        .hasSize(TRIES - 1)
                        .containsOnly(40163);
            }
        }
    }

    @Test
    void whatOneAcknowledgedTheOtherKnows() {
        try (Simulator second = Simulator.start(vertx(), options())) {
            browser.send("POST", "/__sim__/users", "{\"name\":\"carol\"}");

            assertThat(new Browser(second.baseUrl()).get("/__sim__/users/carol").status())
                    .isEqualTo(200);
        }
    }

    private List<JsonObject> exchangeAtBoth(String code, Simulator second) throws InterruptedException {
        Browser other = new Browser(second.baseUrl());
        List<Callable<JsonObject>> tries = new ArrayList<>();
        for (int i = 0; i < TRIES; i++) {
            Browser asked = i % 2 == 0 ? browser : other;
            tries.add(() -> asked.exchange(SHOP, code).json());
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(tries).stream().map(Future::resultNow).toList();
        }
    }
}
