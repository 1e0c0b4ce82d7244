package dev.berth.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The server alone, {@code berth serve} with the simulator on, in the foreground. */
final class ServedPlatform implements AutoCloseable {
    private final Process process;
    private final double readyMillis;

    private ServedPlatform(Process process, double readyMillis) {
        this.process = process;
        this.readyMillis = readyMillis;
    }

    /** Blocks until every door is open. */
    static ServedPlatform start(Path data) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(System.getProperty("berth.home") + "/berth", "serve")
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        "BERTH_DATA", data.toString(),
                        "BERTH_GATEWAY_PORT", "0",
                        "BERTH_MANAGEMENT_PORT", "0",
                        "BERTH_SIMULATOR_PORT", "0",
                        "BERTH_SIMULATOR_ENABLED", "true"));
        long begin = System.nanoTime();
        Process process = builder.start();
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("Berth is ready")) {
                return new ServedPlatform(process, (System.nanoTime() - begin) / 1e6);
            }
        }
        throw new IllegalStateException("berth serve ended before it was ready");
    }

    /** From the start of the launcher's process until the doors were announced. */
    double readyMillis() {
        return readyMillis;
    }

    /** The launcher becomes the server, so it has the launcher's id. */
    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
