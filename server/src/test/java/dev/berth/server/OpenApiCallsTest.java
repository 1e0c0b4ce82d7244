package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Asker;
import dev.berth.core.OpenApiRecord;
import dev.berth.core.VersionId;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OpenApiCallsTest {
    private final OpenApiCalls calls = new OpenApiCalls(3);

    @Test
    void theNewestAreKeptNewestFirst() {
        for (int i = 0; i < 5; i++) {
            calls.record(call("/wxa/" + i, new Asker.PlatformAsker()));
        }

        assertThat(calls.latest(10, any -> true))
                .extracting(entry -> entry.call().path())
                .containsExactly("/wxa/4", "/wxa/3", "/wxa/2");
        assertThat(calls.latest(10, entry -> entry.id() > 4))
                .extracting(entry -> entry.call().path())
                .containsExactly("/wxa/4");
        assertThat(calls.latest(1, any -> true))
                .extracting(entry -> entry.call().path())
                .containsExactly("/wxa/4");
    }

    @Test
    void theLimitCountsOnlyWhatIsWanted() {
        Asker instance = new Asker.InstanceAsker(new VersionId("prod-01", "demo", 1), "demo-001-a");
        calls.record(call("/old", instance));
        calls.record(call("/new", new Asker.OperatorAsker("operator")));

        assertThat(calls.latest(1, entry -> entry.call().asker().equals(instance)))
                .extracting(entry -> entry.call().path())
                .containsExactly("/old");
    }

    private static OpenApiRecord call(String path, Asker asker) {
        return new OpenApiRecord(Instant.EPOCH, asker, Defaults.APP, "POST", path, 200, 0, 1, Optional.empty(), 12);
    }
}
