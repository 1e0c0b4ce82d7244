package dev.berth.openapi;

import dev.berth.core.AppSecrets;
import dev.berth.core.DirectorySource;
import dev.berth.core.OpenApiRecord;
import dev.berth.core.TokenStore;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What the pipeline works with.
 *
 * @param denials told of each denial, as often as Berth's own log is (OA-25)
 * @param local what Berth answers itself, before WeChat is asked
 */
record PipelinePorts(
        DirectorySource directory,
        AppSecrets secrets,
        TokenStore tokens,
        OpenApiRecord.Recorder recorder,
        InstanceLog denials,
        InstantSource clock,
        Optional<LocalAnswer> local) {
    public PipelinePorts(
            DirectorySource directory,
            AppSecrets secrets,
            TokenStore tokens,
            OpenApiRecord.Recorder recorder,
            InstantSource clock) {
        this(directory, secrets, tokens, recorder, InstanceLog.NONE, clock, Optional.empty());
    }

    public PipelinePorts withLocal(LocalAnswer value) {
        return new PipelinePorts(directory, secrets, tokens, recorder, denials, clock, Optional.of(value));
    }

    PipelinePorts withDenials(InstanceLog value) {
        return new PipelinePorts(directory, secrets, tokens, recorder, value, clock, local);
    }
}
