package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * Functions of one PATH, deployed one after the other, so that dependencies which they share are installed once. One that
 * is refused, or whose name is unsuitable, does not keep the others from it.
 */
record FunctionDeployments(Shell shell, FunctionUpload upload, boolean json) {

    /** @return {@link ExitCode#REFUSED} if one was not deployed */
    int run(FunctionFolders folders) {
        folders.notes().forEach(note -> shell.err().println("note: " + note));
        List<String> refused = new ArrayList<>();
        for (FunctionFolders.Unsuitable unsuitable : folders.unsuitable()) {
            refused.add(unsuitable.name());
            new ProblemPrinter(shell.err()).print(unsuitable.problem());
        }
        boolean alone = folders.functions().size() + refused.size() == 1;
        for (FunctionFolder function : folders.functions()) {
            String prefix = alone ? "" : function.name() + ": ";
            try {
                print(upload.send(function, line -> progress(prefix + line)));
            } catch (BerthException refusal) {
                refused.add(function.name());
                shell.out().flush();
                new ProblemPrinter(shell.err()).print(prefixed(prefix, refusal.problem()));
            }
        }
        if (!refused.isEmpty() && !alone) {
            shell.err().println("Not deployed: %s (why is said above).".formatted(String.join(", ", refused)));
        }
        return refused.isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private void progress(String line) {
        if (!json) {
            shell.out().println(line);
        }
    }

    private void print(JsonNode event) {
        JsonNode deployed = event.path("deployed");
        String version = deployed.path("version").asText();
        String sentence = deployed.path("changed").asBoolean() ? version + " deployed" : "unchanged: still " + version;
        shell.out().println(json ? event.toString() : sentence);
        if (deployed.has("note")) {
            shell.err()
                    .println("note: %s: %s"
                            .formatted(version, deployed.path("note").asText()));
        }
    }

    private static Problem prefixed(String prefix, Problem problem) {
        return new Problem(problem.code(), problem.component(), prefix + problem.message(), problem.hint());
    }
}
