package dev.berth.openapi;

import dev.berth.core.AppSecrets;
import dev.berth.core.DirectorySource;
import dev.berth.core.OpenApiRecord;
import dev.berth.core.TokenStore;
import java.time.InstantSource;

/** What the pipeline works with. */
public record PipelinePorts(
        DirectorySource directory,
        AppSecrets secrets,
        TokenStore tokens,
        OpenApiRecord.Recorder recorder,
        InstantSource clock) {}
