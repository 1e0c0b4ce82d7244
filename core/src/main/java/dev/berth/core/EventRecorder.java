package dev.berth.core;

/** Port: told of every event, on any thread; must be quick, and fails nobody. */
@FunctionalInterface
public interface EventRecorder {
    void record(Event event);
}
