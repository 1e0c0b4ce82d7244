package dev.berth.simulator;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the simulator alone, until the process is ended. */
@Command(
        name = "berth-simulator",
        mixinStandardHelpOptions = true,
        description = "WeChat, offline: apps, users, sign-in codes, open APIs, faults on demand.")
public final class SimulatorMain implements Callable<Integer> {
    @Option(names = "--database", defaultValue = ".berth/simulator.db", description = "Default: ${DEFAULT-VALUE}")
    private Path database = Path.of("");

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Default: ${DEFAULT-VALUE}")
    private String host = "";

    @Option(names = "--port", defaultValue = "7083", description = "0 takes any free one. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(names = "--allow-remote", description = "Permit a --host beyond loopback; there is no password.")
    private boolean allowRemote;

    @Option(names = "--accept-unknown-codes", description = "Codes made by others sign in the default user.")
    private boolean acceptUnknownCodes;

    @Option(names = "--default-user", defaultValue = "alice", description = "Default: ${DEFAULT-VALUE}")
    private String defaultUser = "";

    @Option(names = "--seed", description = "Make everything random repeat itself from this number; for tests only.")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--app", paramLabel = "APPID=SECRET", description = "Add this app if it is missing.")
    private Map<String, String> apps = Map.of();

    @Option(names = "--user", paramLabel = "NAME", description = "Add this user if it is missing.")
    private List<String> users = List.of();

    private SimulatorMain() {}

    public static void main(String[] arguments) {
        int status = new CommandLine(new SimulatorMain())
                .setExecutionExceptionHandler(SimulatorMain::explain)
                .execute(arguments);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** Returns once the simulator is ready; the threads of Vert.x keep the process alive. */
    @Override
    public Integer call() {
        List<App> seedApps = apps.entrySet().stream()
                .map(app -> App.miniProgram(app.getKey(), app.getValue()))
                .toList();
        List<User> seedUsers = users.stream().map(User::named).toList();
        SimulatorOptions options = options();
        Vertx vertx = Vertx.vertx();
        Simulator simulator = Simulator.start(vertx, options);
        simulator.seed(seedApps, seedUsers);
        Runtime.getRuntime().addShutdownHook(new Thread(simulator::close, "simulator-shutdown"));
        System.out.println("simulator ready: " + simulator.baseUrl());
        return 0;
    }

    private SimulatorOptions options() {
        SimulatorOptions options = SimulatorOptions.of(database)
                .withAllowRemote(allowRemote)
                .withHost(host)
                .withPort(port)
                .withAcceptUnknownCodes(acceptUnknownCodes)
                .withDefaultUser(defaultUser);
        return seed.map(options::withSeed).orElse(options);
    }

    /** 1 for a refusal, 2 for wrong usage, as every command of Berth. */
    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
        command.getErr().println(failure.getMessage());
        return failure instanceof IllegalArgumentException ? 2 : 1;
    }
}
