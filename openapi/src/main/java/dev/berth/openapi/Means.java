package dev.berth.openapi;

import io.vertx.core.Vertx;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What calls work with; shared by all of them.
 *
 * @param blocking for what blocks
 * @param nanos monotonic, as that of the tokens
 */
record Means(
        Vertx vertx,
        PipelineOptions options,
        PipelinePorts ports,
        Permissions permissions,
        Turnstile turnstile,
        Clients clients,
        TokenKeeper tokens,
        DenialLog log,
        Executor blocking,
        LongSupplier nanos) {}
