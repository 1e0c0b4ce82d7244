package dev.berth.core;

/** Port: told of every finished call, on an event loop; must be quick and must not block. */
@FunctionalInterface
public interface CallRecorder {
    void record(CallRecord call);
}
