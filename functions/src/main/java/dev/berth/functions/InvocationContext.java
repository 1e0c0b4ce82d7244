package dev.berth.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.core.FunctionVersion;
import java.time.Duration;
import java.util.Optional;

/** The second argument of a function (AD-78). */
final class InvocationContext {
    private InvocationContext() {}

    /** @param limit of the invocation, if it has one */
    static JsonNode of(String requestId, FunctionVersion version, Optional<Duration> limit) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("memory_limit_in_mb", version.settings().memory())
                .put("time_limit_in_ms", limit.map(Duration::toMillis).orElse((long) Integer.MAX_VALUE))
                .put("request_id", requestId)
                .put("function_version", version.id().name())
                .put("function_name", version.id().function().name())
                .put("namespace", version.id().function().environmentId());
    }
}
