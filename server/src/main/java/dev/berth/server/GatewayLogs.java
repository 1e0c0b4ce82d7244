package dev.berth.server;

import io.vertx.core.Vertx;

/** What is told of calls, and of requests that are none. Lines that a flood held back are counted each second, and at the end. */
record GatewayLogs(CallLog calls, RefusalLog refusals) implements AutoCloseable {
    /** Log lines a second: of failed calls, and of requests that are none. */
    private static final int CALL_LINES = 50;

    private static final int REQUEST_LINES = 10;

    /** @param keptCalls how many calls can be asked for */
    static GatewayLogs open(Vertx vertx, int keptCalls) {
        GatewayLogs logs = new GatewayLogs(
                new CallLog(keptCalls, new LineLimit(CALL_LINES, System::nanoTime)),
                new RefusalLog(new LineLimit(REQUEST_LINES, System::nanoTime)));
        vertx.setPeriodic(1_000, ignored -> logs.tellHeldBack());
        return logs;
    }

    private void tellHeldBack() {
        calls.tellHeldBack();
        refusals.tellHeldBack();
    }

    @Override
    public void close() {
        tellHeldBack();
    }
}
