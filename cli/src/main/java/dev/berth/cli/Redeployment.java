package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** Deploys functions again when their files were saved, and says so in one line. */
final class Redeployment implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Shell shell;
    private final String environmentOption;
    private final FunctionUpload upload;
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final FunctionWatch watch;

    /**
     * Watches from now on, but deploys nothing before {@link #begin}.
     *
     * @param environmentOption to be put behind a command that is shown
     * @throws BerthException {@code WATCH_FAILED}
     */
    Redeployment(Shell shell, String environmentOption, FunctionUpload upload, FunctionFolders functions) {
        this.shell = shell;
        this.environmentOption = environmentOption;
        this.upload = upload;
        this.watch = new FunctionWatch(functions, PAUSE, this::changed);
    }

    void begin() {
        begun.complete(null);
    }

    private void changed(List<FunctionChange> changes) {
        begun.join();
        for (FunctionChange change : changes) {
            switch (change.kind()) {
                case CHANGED -> deploy(change);
                case WITHOUT_HANDLER -> tellStays(change.name(), "the file of its handler is gone");
                case GONE -> tellStays(change.name(), "its folder is gone");
            }
        }
    }

    private void deploy(FunctionChange change) {
        long began = System.nanoTime();
        try {
            FunctionFolder function = new FunctionFolder(change.name(), change.folder());
            JsonNode deployed = upload.send(function, progress -> say("%s: %s".formatted(change.name(), progress)))
                    .path("deployed");
            if (deployed.path("changed").asBoolean()) {
                say("%s deployed (%s)"
                        .formatted(deployed.path("version").asText(), seconds(System.nanoTime() - began)));
                if (deployed.has("note")) {
                    say("%s: %s"
                            .formatted(
                                    deployed.path("version").asText(),
                                    deployed.path("note").asText()));
                }
            }
        } catch (BerthException refused) {
            if (!Thread.currentThread().isInterrupted()) { // or else it is the end of the watch
                Problem problem = refused.problem();
                new ProblemPrinter(shell.err())
                        .print(new Problem(
                                problem.code(),
                                problem.component(),
                                "↻ %s is not deployed: %s".formatted(change.name(), problem.message()),
                                problem.hint()));
            }
        }
    }

    private void tellStays(String name, String why) {
        if (upload.isDeployed(name)) { // it never was one if it was always refused
            say("%s: %s; the function stays until: ./berth rm %s --function%s"
                    .formatted(name, why, name, environmentOption));
        }
    }

    private void say(String line) {
        shell.out().println("↻ " + line);
        shell.out().flush();
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }

    @Override
    public void close() {
        watch.close();
    }
}
