package dev.berth.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of wrk. */
final class Wrk {
    private static final Pattern PERCENTILE = Pattern.compile("(?m)^ +(50|99)% +([0-9.]+)(us|ms|s)");
    private static final Pattern REQUESTS = Pattern.compile("([0-9]+) requests in");
    private static final Pattern FAILURES = Pattern.compile("(Non-2xx or 3xx responses: [0-9]+|Socket errors: .*)");

    private Wrk() {}

    /** @param p50Micros and {@code p99Micros} as wrk saw them, closed loop */
    record Result(long requests, double p50Micros, double p99Micros) {}

    /**
     * What is asked for.
     *
     * @param contentType of the body
     * @param body of each request, as an expression of Lua; empty for a GET without one
     */
    record Load(String url, Map<String, String> headers, String contentType, String body) {
        /** @param bodyBytes of each request; 0 for a GET without a body */
        Load(String url, Map<String, String> headers, int bodyBytes) {
            this(
                    url,
                    headers,
                    "application/octet-stream",
                    bodyBytes == 0 ? "" : "string.rep(\"0\", %d)".formatted(bodyBytes));
        }

        static Load json(String url, Map<String, String> headers, String json) {
            return new Load(url, headers, "application/json", "[==[" + json + "]==]");
        }
    }

    /**
     * @throws IllegalStateException if a single request failed: figures of failing calls mean nothing
     */
    static Result run(Load load, int connections, int seconds) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "--latency", "--timeout", "10s"));
        load.headers().forEach((name, value) -> command.addAll(List.of("-H", name + ": " + value)));
        Path script = Files.createTempFile("wrk", ".lua");
        if (!load.body().isEmpty()) {
            Files.writeString(script, """
                    wrk.method = "POST"
                    wrk.headers["Content-Type"] = "%s"
                    wrk.body = %s
                    """.formatted(load.contentType(), load.body()));
            command.addAll(List.of("-s", script.toString()));
        }
        command.add(load.url());
        Path output = Files.createTempFile("wrk", ".txt");
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
            return parse(Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.delete(script);
            Files.delete(output);
        }
    }

    static Result parse(String text) {
        Matcher failures = FAILURES.matcher(text);
        if (failures.find()) {
            throw new IllegalStateException("wrk: " + failures.group());
        }
        Matcher requests = REQUESTS.matcher(text);
        Matcher percentile = PERCENTILE.matcher(text);
        double p50 = Double.NaN;
        double p99 = Double.NaN;
        while (percentile.find()) {
            double micros = Double.parseDouble(percentile.group(2)) * scale(percentile.group(3));
            if (percentile.group(1).equals("50")) {
                p50 = micros;
            } else {
                p99 = micros;
            }
        }
        if (!requests.find() || Double.isNaN(p50) || Double.isNaN(p99)) {
            throw new IllegalStateException("wrk printed something else: " + text);
        }
        return new Result(Long.parseLong(requests.group(1)), p50, p99);
    }

    private static double scale(String unit) {
        return switch (unit) {
            case "us" -> 1;
            case "ms" -> 1_000;
            default -> 1_000_000;
        };
    }
}
