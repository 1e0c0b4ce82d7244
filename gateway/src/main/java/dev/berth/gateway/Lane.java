package dev.berth.gateway;

import dev.berth.core.Activator;
import dev.berth.core.CallRecorder;
import dev.berth.core.DirectorySource;
import dev.berth.core.SignIn;
import io.vertx.core.Vertx;
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
        Activator activator,
        CallRecorder recorder,
        InstantSource clock,
        AtomicBoolean draining) {}
