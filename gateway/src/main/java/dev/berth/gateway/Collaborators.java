package dev.berth.gateway;

import dev.berth.core.Activator;
import dev.berth.core.CallRecorder;
import dev.berth.core.CloudbaseTokens;
import dev.berth.core.DirectorySource;
import dev.berth.core.FunctionInvoker;
import dev.berth.core.OpenData;
import dev.berth.core.RefusedRequest;
import dev.berth.core.SessionStore;
import dev.berth.core.SignIn;
import java.time.InstantSource;

/**
 * The ports through which the gateway reaches the other rooms.
 *
 * @param sessionSigningKey at least 32 random bytes, the same for all nodes and over restarts
 * @param tokens for the services of environments that are given cloudbase access tokens
 */
@SuppressWarnings("ArrayRecordComponent")
public record Collaborators(
        DirectorySource directory,
        SessionStore sessions,
        byte[] sessionSigningKey,
        SignIn signIn,
        OpenData openData,
        CloudbaseTokens tokens,
        Activator activator,
        FunctionInvoker functions,
        CallRecorder recorder,
        RefusedRequest.Recorder refusals,
        InstantSource clock) {}
