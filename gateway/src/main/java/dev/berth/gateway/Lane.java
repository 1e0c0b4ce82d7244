package dev.berth.gateway;

import dev.berth.core.Activator;
import dev.berth.core.CallRecorder;
import dev.berth.core.CloudbaseTokens;
import dev.berth.core.DirectorySource;
import dev.berth.core.FunctionInvoker;
import dev.berth.core.OpenData;
import dev.berth.core.RefusedRequest;
import dev.berth.core.SignIn;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the calls of one event loop work with. Everything is shared by all loops except the clients, whose
 * connections stay on the loop that uses them.
 */
record Lane(
        Vertx vertx,
        InstanceClients instances,
        GatewayOptions options,
        DirectorySource directory,
        Sessions sessions,
        SignIn signIn,
        OpenData openData,
        CloudbaseTokens tokens,
        Activator activator,
        FunctionInvoker functions,
        Sharing sharing,
        CallRecorder recorder,
        RefusedRequest.Recorder refusals,
        InstantSource clock,
        AtomicBoolean draining) {
    /** CH-45, CH-61. */
    String clientAddress(HttpServerRequest request, InboundHead head) {
        return options.trustedProxies().clientAddress(request.remoteAddress().hostAddress(), head.forwardedFor());
    }

    /** Before there was a call. */
    void tellRefused(HttpServerRequest request, int status, String outcome, String component, String reason) {
        String path = request.uri() == null ? "" : RequestTarget.path(request.uri());
        refusals.record(new RefusedRequest(request.method().name(), path, status, outcome, component, reason));
    }
}
