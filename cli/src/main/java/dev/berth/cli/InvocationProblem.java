package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.FunctionError;
import dev.berth.core.Problem;
import java.util.Arrays;
import java.util.Optional;

/** A failed invocation (WT-69) for the person who made it: its code, text, stack and request id, and what to do about it. */
final class InvocationProblem {
    private InvocationProblem() {}

    /** @param environment if it has to be named in a command */
    static Problem of(JsonNode answer, String function, Optional<String> environment) {
        int code = answer.path("error").path("code").asInt();
        Optional<FunctionError> error = Arrays.stream(FunctionError.values())
                .filter(known -> known.code() == code)
                .findFirst();
        String which = answer.path("version").asText(function);
        String logs = "./berth logs " + function
                + environment.map(env -> " --env " + env).orElse("");
        return new Problem(
                Integer.toString(code),
                "functions",
                "%s failed: %d %s%n  request id: %s"
                        .formatted(
                                which,
                                code,
                                told(
                                        error.map(FunctionError::text).orElse(""),
                                        answer.path("error").path("message").asText()),
                                answer.path("requestId").asText()),
                error.map(known -> hint(known, logs)).orElse("What it wrote: " + logs));
    }

    /** The text of the code, and below it the message; the message alone, if it begins with that text. */
    private static String told(String text, String message) {
        String indented = message.strip().replace("\n", "\n  ");
        return indented.startsWith(text) ? indented : text + "\n  " + indented;
    }

    private static String hint(FunctionError error, String logs) {
        return switch (error) {
            case UNKNOWN -> "See what is deployed: ./berth functions";
            case EXECUTION_FAILED -> "What it wrote: " + logs;
            case TIMED_OUT ->
                "If it needs longer, deploy it with --timeout 20s, or \"timeout\": 20 in its config.json. What it wrote: "
                        + logs;
            case TOO_MANY -> "Call again when fewer of its calls run: ./berth functions";
            case RESULT_TOO_LARGE -> "Return less, or in pages.";
            case EVENT_TOO_LARGE -> "Send less, or in parts.";
            case EVENT_INVALID -> "The event is a JSON object, such as: -d '{\"a\":1}'";
            case PLATFORM_FAILED -> "See what is wrong with this machine: ./berth doctor. What Berth wrote: " + logs;
        };
    }
}
