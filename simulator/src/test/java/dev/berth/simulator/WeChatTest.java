package dev.berth.simulator;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Starts a simulator on a free port for each test, with two apps and two users. */
abstract class WeChatTest {
    static final App SHOP = App.miniProgram("wx1111111111111111", "shop-secret");
    static final App NEWS = new App("wx2222222222222222", "news-secret", AppKind.OFFICIAL_ACCOUNT, false);

    @TempDir
    Path folder = Path.of("");

    final TestClock clock = new TestClock();
    private final Vertx vertx = Vertx.vertx();
    Simulator simulator;
    Browser browser;

    @BeforeEach
    void startSeeded() {
        start(UnaryOperator.identity());
        simulator.seed(List.of(SHOP, NEWS), List.of(User.named("alice"), User.named("bob")));
    }

    @AfterEach
    void stop() {
        simulator.close();
        vertx.close().await();
    }

    final void restart(UnaryOperator<SimulatorOptions> change) {
        simulator.close();
        start(change);
    }

    final String code(App app, String user) {
        return browser.code(app, user);
    }

    final Browser.Page exchange(App app, String code) {
        return browser.exchange(app, code);
    }

    final SimulatorOptions options() {
        return SimulatorOptions.of(folder.resolve("wechat/simulator.db"))
                .withPort(0)
                .withClock(clock);
    }

    final Vertx vertx() {
        return vertx;
    }

    private void start(UnaryOperator<SimulatorOptions> change) {
        simulator = Simulator.start(vertx, change.apply(options()));
        browser = new Browser(simulator.baseUrl());
    }
}
