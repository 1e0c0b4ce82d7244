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

    /** What the function wrote, and what it took. */
    void printLog(JsonNode answer) {
        answer.path("log").forEach(line -> shell.err().println(line.asText()));
        shell.err()
                .println("[berth] %s: %d ms (%d ms in all%s), %d MB, request %s"
                        .formatted(
                                answer.path("version").asText(function),
                                answer.path("durationMillis").asLong(),
                                answer.path("totalMillis").asLong(),
                                answer.path("cold").asBoolean() ? ", cold start" : "",
                                answer.path("memory").asLong(),
                                answer.path("requestId").asText()));
        shell.err().flush();
    }
}
