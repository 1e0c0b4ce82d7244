package dev.berth.store;

import static dev.berth.store.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.AccessToken;
import dev.berth.core.App;
import dev.berth.core.AppKind;
import dev.berth.core.TokenStore;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenStoreTest {
    private static final App APP = new App("wx9999999999999999", AppKind.MINI_PROGRAM);
    private static final Instant SOON = NOW.plusSeconds(10);
    private static final AccessToken TOKEN = new AccessToken("74_secret", NOW, NOW.plusSeconds(7200));

    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void open() {
        store = Samples.open(folder);
        store.registry().putApp(APP, "secret");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void tokenIsThereAfterReopening() {
        assertThat(tokens().find(APP.id())).isEmpty();
        tokens().put(APP.id(), "node-1", TOKEN);
        store.close();
        store = Samples.open(folder);
        assertThat(tokens().find(APP.id())).contains(TOKEN);
        assertThat(TOKEN.toString()).doesNotContain("74_secret");
    }

    @Test
    void oneNodeRenewsUntilItIsDoneOrLate() {
        assertThat(tokens().claimRenewal(APP.id(), "node-1", NOW, SOON)).isTrue();
        assertThat(tokens().claimRenewal(APP.id(), "node-2", NOW, SOON)).isFalse();
        assertThat(tokens().claimRenewal(APP.id(), "node-1", NOW, SOON)).isTrue();
        assertThat(tokens().find(APP.id())).isEmpty();

        tokens().releaseRenewal(APP.id(), "node-2");
        assertThat(tokens().claimRenewal(APP.id(), "node-2", NOW, SOON)).isFalse();
        tokens().put(APP.id(), "node-1", TOKEN);
        assertThat(tokens().claimRenewal(APP.id(), "node-2", NOW, SOON)).isTrue();
        assertThat(tokens().claimRenewal(APP.id(), "node-1", SOON, SOON.plusSeconds(1)))
                .isTrue();
        assertThat(tokens().find(APP.id())).contains(TOKEN);
    }

    @Test
    void newSecretMakesTheTokenForgotten() {
        tokens().put(APP.id(), "node-1", TOKEN);
        store.registry().putApp(APP, "another secret");
        assertThat(tokens().find(APP.id())).isEmpty();
    }

    @Test
    void appThatIsNotThereHasNoToken() {
        assertThat(tokens().claimRenewal("wx0000", "node-1", NOW, SOON)).isFalse();
        tokens().put("wx0000", "node-1", TOKEN);
        assertThat(tokens().find("wx0000")).isEmpty();
    }

    private TokenStore tokens() {
        return store.tokens();
    }
}
