package dev.berth.runtime.process;

import dev.berth.core.InstanceRuntime.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;

/** A server that starts one instance, prints what the program prints and its pid, and waits to be killed. */
final class DoomedServer {
    private DoomedServer() {}

    public static void main(String[] arguments) throws InterruptedException {
        var runtime = new ProcessRuntime(Path.of(arguments[0]), new PortRange(20000, 29999));
        var instance = runtime.start(new Request(
                "doomed",
                Path.of(arguments[1]),
                List.of(arguments).subList(2, arguments.length),
                Map.of(),
                OptionalInt.empty(),
                Duration.ofSeconds(20),
                System.out::println));
        System.out.println("pid " + instance.pid());
        new CountDownLatch(1).await();
    }
}
