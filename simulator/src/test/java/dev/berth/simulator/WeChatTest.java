package dev.berth.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
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
        JsonObject body = new JsonObject().put("appid", app.appid()).put("user", user);
        return browser.send("POST", "/__sim__/codes", body.encode()).json().getString("code");
    }

    final Browser.Page exchange(App app, String code) {
        return browser.get("/sns/jscode2session?appid=%s&secret=%s&js_code=%s&grant_type=authorization_code"
                .formatted(app.appid(), app.secret(), code));
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
