package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "down",
        header = "Stop the running server and everything that it started.",
        description = {"", "Waits until the server's process has ended. Nothing to stop is fine, too.", ""},
        footer = {"", "Example:", "  berth down"})
final class DownCommand extends ServerCommand {
    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long to wait (default: ${DEFAULT-VALUE}).")
    private long timeoutSeconds;

    DownCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        Optional<RunningServer> server = RunningServer.find(shell());
        if (server.isEmpty()) {
            return nothingRuns();
        }
        try {
            return run(new ManagementApi(server.get(), new Http()));
        } catch (BerthException failed) {
            if (failed.problem().code().equals("SERVER_NOT_RUNNING")) {
                return nothingRuns();
            }
            throw failed;
        }
    }

    @Override
    int run(ManagementApi api) {
        long pid = api.server().pid();
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        JsonNode answer = api.post(ApiPath.of("shutdown"), Json.object());
        process.ifPresent(this::awaitEnd);
        return print(answer, "Stopped (pid %d).".formatted(pid));
    }

    private void awaitEnd(ProcessHandle process) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
        try {
            while (!ProcessEnd.isOver(process)) {
                if (System.nanoTime() > deadline) {
                    throw stillRuns(process);
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private BerthException stillRuns(ProcessHandle process) {
        return new BerthException(new Problem(
                "STILL_RUNNING",
                "cli",
                "The server (pid %d) still runs, %d s after it was asked to stop"
                        .formatted(process.pid(), timeoutSeconds),
                "Wait longer with --timeout, or end it: kill -9 %d".formatted(process.pid())));
    }

    private int nothingRuns() {
        return print(Json.object().put("stopping", false), "Nothing runs here.");
    }
}
