package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;

/** Prints what came of an invocation: the result on standard output, everything else on standard error. */
record InvocationPrinter(Shell shell, String function, Optional<String> environment) {
    /** Such as a colour; ECMA-48, section 5.4. */
    private static final Pattern SEQUENCE = Pattern.compile("\u001b\\[[0-?]*[ -/]*[@-~]");

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

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
        answer.path("log").forEach(line -> shell.err().println(printable(line.asText())));
        shell.err()
                .println("[berth] request %s, %d ms in all"
                        .formatted(
                                answer.path("requestId").asText(),
                                answer.path("totalMillis").asLong()));
        shell.err().flush();
    }

    private static String printable(String line) {
        return CONTROL.matcher(SEQUENCE.matcher(line).replaceAll("")).replaceAll(" ");
    }
}
