package dev.berth.openapi;

import static java.util.Objects.requireNonNull;

/** Settings of this room: of what goes to WeChat, and of the relay by which instances ask. */
public record OpenApiOptions(PipelineOptions pipeline, RelayOptions relay) {
    public OpenApiOptions {
        requireNonNull(pipeline, "pipeline is null");
        requireNonNull(relay, "relay is null");
    }
}
