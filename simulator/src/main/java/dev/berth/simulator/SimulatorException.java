package dev.berth.simulator;

/** The simulator could not start. The message names the cause and says what to do. */
public final class SimulatorException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SimulatorException(String message, Throwable cause) {
        super(message, cause);
    }
}
