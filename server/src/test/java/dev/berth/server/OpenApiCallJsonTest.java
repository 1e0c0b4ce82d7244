package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Asker;
import dev.berth.core.FunctionId;
import dev.berth.core.OpenApiRecord;
import dev.berth.core.VersionId;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OpenApiCallJsonTest {
    private static final Asker FUNCTION = new Asker.FunctionAsker(new FunctionId("prod-01", "sum"), "request-1");
    private static final Asker INSTANCE = new Asker.InstanceAsker(new VersionId("prod-01", "demo", 1), "demo-001-a");
    private static final Asker OPERATOR = new Asker.OperatorAsker("operator:alice@laptop");

    @Test
    void ofAFunctionNamesItAndTheInvocation() {
        assertThat(json(FUNCTION)).isEqualTo(new JsonObject("""
                        {"id":7,"at":"1970-01-01T00:00:00Z","asker":"function prod-01/sum","environment":"prod-01",
                         "function":"sum","requestId":"request-1","app":"wx1111111111111111","method":"POST",
                         "path":"/wxa/a","status":200,"errcode":0,"tries":1,"totalMillis":12}"""));
    }

    @Test
    void ofAnInstanceNamesItsVersion() {
        assertThat(json(INSTANCE).getString("asker")).isEqualTo("demo-001-a");
        assertThat(json(INSTANCE).getString("version")).isEqualTo("demo-001");
        assertThat(json(OPERATOR).getString("asker")).isEqualTo("operator:alice@laptop");
        assertThat(json(new Asker.PlatformAsker()).getString("asker")).isEqualTo("berth");
    }

    @Test
    void belongsToTheEnvironmentOfWhoAsked() {
        assertThat(OpenApiCallJson.environment(FUNCTION)).contains("prod-01");
        assertThat(OpenApiCallJson.environment(INSTANCE)).contains("prod-01");
        assertThat(OpenApiCallJson.environment(OPERATOR)).isEmpty();
        assertThat(OpenApiCallJson.service(INSTANCE)).contains("demo");
        assertThat(OpenApiCallJson.service(FUNCTION)).isEmpty();
    }

    private static JsonObject json(Asker asker) {
        return OpenApiCallJson.of(new OpenApiCalls.Entry(
                7,
                new OpenApiRecord(
                        Instant.EPOCH, asker, Defaults.APP, "POST", "/wxa/a", 200, 0, 1, Optional.empty(), 12)));
    }
}
