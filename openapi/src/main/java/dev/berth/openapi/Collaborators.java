package dev.berth.openapi;

import dev.berth.core.AppSecrets;
import dev.berth.core.DirectorySource;
import dev.berth.core.OpenApiRecord;
import dev.berth.core.TokenStore;
import java.time.InstantSource;

/**
 * The ports through which this room reaches the others.
 *
 * @param denials told of each denial, as often as Berth's own log is (OA-25)
 * @param signingKey at least 32 random bytes, the same for all nodes and over restarts
 */
@SuppressWarnings("ArrayRecordComponent")
public record Collaborators(
        DirectorySource directory,
        AppSecrets secrets,
        TokenStore tokens,
        OpenApiRecord.Recorder recorder,
        InstanceLog denials,
        byte[] signingKey,
        InstantSource clock) {}
