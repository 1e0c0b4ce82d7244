package dev.berth.runtime.process;

import static java.util.Objects.requireNonNull;

import dev.berth.core.BerthException;
import dev.berth.core.InstanceRuntime.Instance;
import dev.berth.core.InstanceRuntime.PrivateFiles;
import dev.berth.core.InstanceRuntime.Request;
import dev.berth.core.InstanceRuntime.Surroundings;
import dev.berth.core.InstanceRuntime.Workplace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A server of its own, to be killed or starved. Arguments: folder for instances, files of the version. Each line of
 * standard input is an order, carried out in a thread of its own: {@code prepare}; {@code start ID PROGRAM…}, divided by
 * tabs; {@code stop ID MILLIS}; {@code private}; {@code own NAME ADDRESS PATH SOURCE} and {@code in-place} for all starts after
 * it. Its end is the end of the server. Answers: {@code prepared}, {@code ready ID PID PORT}, {@code ended ID HOW}, {@code
 * failed ID CODE MESSAGE → HINT}, {@code log ID LINE}, {@code private WHETHER REASON}, {@code own}, {@code in-place}.
 */
final class RuntimeMain {
    private static final Map<String, Instance> INSTANCES = new ConcurrentHashMap<>();

    private static volatile Surroundings own = Surroundings.NONE;
    private static volatile Workplace workplace = Workplace.OWN_COPY;

    private RuntimeMain() {}

    public static void main(String[] arguments) throws IOException {
        Path files = Path.of(arguments[1]);
        try (var runtime = new ProcessRuntime(Path.of(arguments[0]), new PortRange(20000, 29999))) {
            say("up");
            var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = orders.readLine(); line != null; line = orders.readLine()) {
                List<String> order = List.of(line.split("\t", -1));
                Thread.ofVirtual().start(() -> obey(runtime, files, order));
            }
        }
    }

    private static void obey(ProcessRuntime runtime, Path files, List<String> order) {
        String id = order.size() > 1 ? order.get(1) : "-";
        try {
            switch (order.getFirst()) {
                case "prepare" -> {
                    runtime.prepare(files);
                    say("prepared");
                }
                case "start" -> start(runtime, files, id, order.subList(2, order.size()));
                case "private" -> {
                    PrivateFiles found = runtime.privateFiles();
                    say("private %s %s".formatted(found.possible(), found.reason()));
                }
                case "own" -> {
                    own = new Surroundings(
                            Map.of(order.get(1), order.get(2)), Map.of(Path.of(order.get(3)), Path.of(order.get(4))));
                    say("own");
                }
                case "in-place" -> {
                    workplace = Workplace.IN_PLACE;
                    say("in-place");
                }
                case "stop" -> requireNonNull(INSTANCES.get(id)).stop(Duration.ofMillis(Long.parseLong(order.get(2))));
                default -> throw new IllegalArgumentException("order: " + order);
            }
        } catch (BerthException e) {
            say("failed %s %s %s → %s"
                    .formatted(
                            id,
                            e.problem().code(),
                            e.problem().message(),
                            e.problem().hint()));
        }
    }

    private static void start(ProcessRuntime runtime, Path files, String id, List<String> command) {
        Instance instance = runtime.start(new Request(
                id,
                files,
                command,
                Map.of(),
                OptionalInt.empty(),
                Duration.ofSeconds(20),
                workplace,
                own,
                line -> say("log " + id + " " + line)));
        INSTANCES.put(id, instance);
        say("ready %s %d %d".formatted(id, instance.pid(), instance.endpoint().port()));
        instance.exited().thenAccept(exit -> say("ended " + id + " " + exit.description()));
    }

    private static synchronized void say(String line) {
        System.out.println(line.replace('\n', ' '));
    }
}
