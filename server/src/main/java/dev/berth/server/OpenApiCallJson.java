package dev.berth.server;

import dev.berth.core.Asker;
import dev.berth.core.Asker.FunctionAsker;
import dev.berth.core.Asker.InstanceAsker;
import dev.berth.core.Asker.OperatorAsker;
import dev.berth.core.Asker.PlatformAsker;
import dev.berth.core.OpenApiRecord;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** A call toward WeChat as the management API tells of it. */
final class OpenApiCallJson {
    private OpenApiCallJson() {}

    static JsonObject of(OpenApiCalls.Entry entry) {
        OpenApiRecord call = entry.call();
        JsonObject json =
                new JsonObject().put("id", entry.id()).put("at", call.at().toString());
        putAsker(json, call.asker());
        json.put("app", call.appId())
                .put("method", call.method())
                .put("path", call.path())
                .put("status", call.status())
                .put("errcode", call.errcode())
                .put("tries", call.tries())
                .put("totalMillis", call.totalMillis());
        call.reason().ifPresent(reason -> json.put("reason", reason));
        return json;
    }

    private static void putAsker(JsonObject json, Asker asker) {
        switch (asker) {
            case InstanceAsker instance ->
                json.put("asker", instance.instanceId())
                        .put("environment", instance.version().environmentId())
                        .put("service", instance.version().service())
                        .put("version", instance.version().name());
            case FunctionAsker invocation ->
                json.put("asker", invocation.toString())
                        .put("environment", invocation.function().environmentId())
                        .put("function", invocation.function().name())
                        .put("requestId", invocation.requestId());
            case OperatorAsker operator -> json.put("asker", operator.toString());
            case PlatformAsker platform -> json.put("asker", platform.toString());
        }
    }

    /** Of the service or function. */
    static Optional<String> environment(Asker asker) {
        return switch (asker) {
            case InstanceAsker instance -> Optional.of(instance.version().environmentId());
            case FunctionAsker invocation -> Optional.of(invocation.function().environmentId());
            case OperatorAsker operator -> Optional.empty();
            case PlatformAsker platform -> Optional.empty();
        };
    }

    static Optional<String> service(Asker asker) {
        return asker instanceof InstanceAsker instance
                ? Optional.of(instance.version().service())
                : Optional.empty();
    }
}
