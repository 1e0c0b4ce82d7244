package dev.berth.cli;

import dev.berth.server.BerthServer;
import dev.berth.server.Configuration;
import dev.berth.server.ServerLog;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Consumer;

/** The server in this JVM, until Ctrl-C, SIGTERM or {@code berth down}. */
final class ForegroundServer {
    private static final System.Logger LOG = System.getLogger(ForegroundServer.class.getName());

    private final Shell shell;
    private final Configuration config;
    private final Optional<String> ofExamples;

    /** @param ofExamples the environment that the page of the examples calls; the server's own if empty */
    ForegroundServer(Shell shell, Configuration config, Optional<String> ofExamples) {
        this.shell = shell;
        this.config = config;
        this.ofExamples = ofExamples;
    }

    /** @param ready called once every door is open */
    int run(Consumer<BerthServer> ready) throws IOException {
        ServerLog.open(config.values());
        config.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
        BerthServer server = start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
        ready.accept(server);
        shell.out().flush();
        server.shutdownAsked().join();
        server.close();
        return ExitCode.OK;
    }

    private BerthServer start() throws IOException {
        try {
            return BerthServer.start(config, description -> Examples.pages(description, ofExamples));
        } catch (IOException | RuntimeException | Error e) {
            ServerLog.close();
            throw e;
        }
    }

    private static void stop(BerthServer server) {
        server.close();
        ServerLog.close();
    }
}
