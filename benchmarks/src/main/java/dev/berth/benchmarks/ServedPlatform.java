package dev.berth.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server alone, {@code berth serve} with the simulator on, in the foreground. */
final class ServedPlatform implements AutoCloseable {
    private static final Pattern MANAGEMENT = Pattern.compile("\"management\":\"([^\"]+)\"");

    private final Process process;
    private final URI management;
    private final double readyMillis;

    private ServedPlatform(Process process, URI management, double readyMillis) {
        this.process = process;
        this.management = management;
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
                        "BERTH_INWARD_PORT", "0",
                        "BERTH_SIMULATOR_PORT", "0",
                        "BERTH_SIMULATOR_ENABLED", "true"));
        long begin = System.nanoTime();
        Process process = builder.start();
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher door = MANAGEMENT.matcher(line);
            if (line.startsWith("Berth is ready") && door.find()) {
                return new ServedPlatform(process, URI.create(door.group(1)), (System.nanoTime() - begin) / 1e6);
            }
        }
        throw new IllegalStateException("berth serve ended before it was ready");
    }

    /** From the start of the launcher's process until the doors were announced. */
    double readyMillis() {
        return readyMillis;
    }

    /** Base URL of the management door. */
    URI management() {
        return management;
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
