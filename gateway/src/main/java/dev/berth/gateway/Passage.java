package dev.berth.gateway;

/** What of one request, and of its answer, has passed over the connection to an instance. Lives on one event loop. */
final class Passage {
    private final boolean reused;
    private boolean written;
    private boolean ended;
    private boolean answered;

    /** @param reused whether there was a request before this one on the connection */
    Passage(boolean reused) {
        this.reused = reused;
    }

    void noteWritten() {
        written = true;
    }

    void noteEnded() {
        ended = true;
    }

    void noteAnswered() {
        answered = true;
    }

    boolean reused() {
        return reused;
    }

    /** Whether anything of the request may have reached the instance. */
    boolean written() {
        return written;
    }

    /** Whether the instance waits for the rest of the request, and would take whatever comes next for it. */
    boolean isHalfSent() {
        return written && !ended;
    }

    /** Whether anything of an answer has arrived. */
    boolean answered() {
        return answered;
    }
}
