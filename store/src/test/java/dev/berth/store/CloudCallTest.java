package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.App;
import dev.berth.core.AppKind;
import dev.berth.core.BerthException;
import dev.berth.core.CloudCall;
import dev.berth.core.Environment;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("OA-4")
class CloudCallTest {
    private static final String ENV = "prod-09";
    private static final String APP = "wx9999999999999999";
    private static final Set<String> PATHS = Set.of("/wxa/msg_sec_check", "/cgi-bin/*");

    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void open() {
        store = Samples.open(folder);
        store.registry().putApp(new App(APP, AppKind.MINI_PROGRAM), "secret");
        store.registry().putEnvironment(new Environment(ENV, APP));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void changeIsSeenAtOnceAndAfterReopening() {
        assertThat(present()).isEqualTo(CloudCall.DEFAULT);

        CloudCall changed = store.registry()
                .changeCloudCall(ENV, before -> before.withPaths(PATHS).withTokens(true));
        assertThat(changed).isEqualTo(CloudCall.of(true, true, PATHS));
        assertThat(present()).isEqualTo(changed);
        store.registry().changeCloudCall(ENV, before -> before.withOn(false));

        store.close();
        open();
        assertThat(present()).isEqualTo(CloudCall.of(false, true, PATHS));
    }

    @Test
    void otherChangesOfTheEnvironmentLeaveItAlone() {
        store.registry().changeCloudCall(ENV, before -> before.withPaths(PATHS));
        store.registry().putApp(new App("wx8888888888888888", AppKind.MINI_PROGRAM), "secret");
        store.registry().grant(ENV, "wx8888888888888888");
        store.registry().putEnvironment(new Environment(ENV, APP));
        assertThat(present().paths()).containsExactlyInAnyOrderElementsOf(PATHS);
    }

    @Test
    void refusedChangeChangesNothing() {
        store.registry().changeCloudCall(ENV, before -> before.withPaths(PATHS));
        assertThatThrownBy(
                        () -> store.registry().changeCloudCall(ENV, before -> before.withPaths(Set.of("http://api"))))
                .isInstanceOf(BerthException.class)
                .hasMessageContaining("expected:");
        Refused.with("ENV_UNKNOWN", () -> store.registry().changeCloudCall("other", before -> before));
        assertThat(present().paths()).containsExactlyInAnyOrderElementsOf(PATHS);
    }

    @Test
    void entriesAreExactOrPrefixes() {
        CloudCall list = CloudCall.of(true, false, PATHS);
        assertThat(list.allows("/wxa/msg_sec_check")).isTrue();
        assertThat(list.allows("/wxa/msg_sec_check/")).isFalse();
        assertThat(list.allows("/wxa/Msg_sec_check")).isFalse();
        assertThat(list.allows("/cgi-bin/message/custom/send")).isTrue();
        assertThat(list.allows("/cgi-bin/../wxa/img_sec_check")).isFalse();
        assertThat(list.allows("/cgi-bin/%2e%2e/wxa/img_sec_check")).isFalse();
        assertThat(list.allows("/cgi-bin")).isFalse();
        assertThat(CloudCall.of(true, false, Set.of("/*")).allows("/wxa/img_sec_check"))
                .isTrue();
        assertThat(CloudCall.DEFAULT.allows("/wxa/img_sec_check")).isFalse();
    }

    @Test
    void rubbishIsNoEntry() {
        for (String entry : Set.of(
                "",
                "wxa",
                "/wxa/a?b=1",
                "/wxa/ a",
                "/wxa/*/b",
                "*",
                "/wxa/../b",
                "//b",
                "/a%2fb",
                "/a\nb",
                "/".repeat(999))) {
            assertThatThrownBy(() -> CloudCall.of(true, false, Set.of(entry)))
                    .as(entry)
                    .isInstanceOf(BerthException.class)
                    .hasMessageContaining("expected:");
        }
    }

    private CloudCall present() {
        return store.directory().current().environment(ENV).orElseThrow().cloudCall();
    }
}
