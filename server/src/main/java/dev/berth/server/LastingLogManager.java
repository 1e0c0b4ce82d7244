package dev.berth.server;

import java.util.logging.LogManager;

/**
 * Keeps the log open while the JVM ends: the original closes it at once, so that nothing of what a server does while it
 * stops would be logged. {@link ServerLog#close} closes it. Chosen by
 * {@link LastingLog}.
 */
public final class LastingLogManager extends LogManager {
    private volatile boolean lasting;

    void hold() {
        lasting = true;
    }

    void end() {
        lasting = false;
        reset();
    }

    @Override
    public void reset() {
        if (!lasting) {
            super.reset();
        }
    }
}
