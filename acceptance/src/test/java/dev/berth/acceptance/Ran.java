package dev.berth.acceptance;

/** A command that has ended. */
record Ran(int exitCode, String out, String err) {
    /** @throws AssertionError if it failed, with all that it said */
    Ran ok() {
        if (exitCode != 0) {
            throw new AssertionError("exit code %d%n%s%n%s".formatted(exitCode, out, err));
        }
        return this;
    }
}
