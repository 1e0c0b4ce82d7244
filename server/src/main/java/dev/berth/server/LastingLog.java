package dev.berth.server;

/** A class of its own, because loading a {@link LastingLogManager} would let the JDK choose its own log manager first. */
public final class LastingLog {
    private LastingLog() {}

    /** Has to be called before anything logs; loads nothing. */
    public static void install() {
        System.setProperty("java.util.logging.manager", "dev.berth.server.LastingLogManager");
    }
}
