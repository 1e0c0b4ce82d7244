package dev.berth.cli;

/**
 * What {@code berth doctor} found at one point.
 *
 * @param todo what to do next; empty where nothing is to be done
 */
record Finding(State state, String name, String says, String todo) {
    enum State {
        FINE("✓"),
        /** Berth works, but something will surprise. */
        WARNING("!"),
        /** Berth does not work with this. */
        PROBLEM("✗");

        private final String mark;

        State(String mark) {
            this.mark = mark;
        }

        String mark() {
            return mark;
        }
    }

    static Finding fine(String name, String says) {
        return new Finding(State.FINE, name, says, "");
    }

    static Finding warning(String name, String says, String todo) {
        return new Finding(State.WARNING, name, says, todo);
    }

    static Finding problem(String name, String says, String todo) {
        return new Finding(State.PROBLEM, name, says, todo);
    }
}
