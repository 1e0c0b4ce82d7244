package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Prints what came of an invocation: the result on standard output, everything else on standard error. */
record InvocationPrinter(Shell shell, String function, Optional<String> environment) {

    /** The result, or with {@code json} the whole answer; the {@link ExitCode} says whether the function failed. */
    int print(JsonNode answer, boolean json) {
        JsonNode error = answer.path("error");
        if (json) {
            shell.out().println(answer);
        } else if (!error.isObject()) {
            JsonNode result = answer.path("result");
            shell.out().println(Terminal.isAt(shell) ? Json.indented(result) : result.toString());
        }
        if (!error.isObject()) {
            return ExitCode.OK;
        }
        shell.out().flush();
        new ProblemPrinter(shell.err()).print(InvocationProblem.of(answer, function, environment));
        return ExitCode.REFUSED;
    }

    /** What the function wrote, without what would control a terminal; how long it all took and where to find it, which its log does not say. */
    void printLog(JsonNode answer) {
        answer.path("log").forEach(line -> shell.err().println(line.asText().replaceAll("\\p{Cntrl}", " ")));
        shell.err()
                .println("[berth] request %s, %d ms in all"
                        .formatted(
                                answer.path("requestId").asText(),
                                answer.path("totalMillis").asLong()));
        shell.err().flush();
    }
}
