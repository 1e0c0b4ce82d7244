package dev.berth.cli;

import dev.berth.core.Problem;
import dev.berth.core.SystemError;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/** A system error (CH-70) for the person who called: its code, text, reason and call id, and what to do about it. */
final class SystemErrorProblem {
    private SystemErrorProblem() {}

    /** @param function see {@link CallPrinter} */
    static Problem of(CallAnswer answer, String body, BooleanSupplier function) {
        String code = answer.systemErrorCode().orElse("");
        String text = Json.readOrMissing(body).path("base_resp").path("errmsg").asText("");
        String reason = answer.header("x-berth-reason").orElse("no reason given");
        String callId = answer.header("x-wx-call-id").orElse(answer.callId());
        return new Problem(
                code,
                "gateway",
                "system error %s %s%n  reason: %s%n  call id: %s".formatted(code, text, reason, callId),
                hint(code, text, answer.service(), function));
    }

    private static String hint(String code, String text, String service, BooleanSupplier function) {
        return Arrays.stream(SystemError.values())
                .filter(error -> Integer.toString(error.code()).equals(code)
                        && error.message().equals(text))
                .findFirst()
                .map(error -> error == SystemError.SERVICE_UNKNOWN && function.getAsBoolean()
                        ? "%s is a function, not a service. Run it: ./berth invoke %s".formatted(service, service)
                        : hint(error, service))
                .orElse("What the gateway saw: ./berth calls");
    }

    private static String hint(SystemError error, String service) {
        return switch (error) {
            case TIMEOUT -> "Is the service slow to start or to answer? ./berth logs " + service;
            case METHOD_NOT_ALLOWED -> "The platform lets GET, POST, PUT, DELETE, HEAD, OPTIONS, TRACE through.";
            case INVALID_PATH -> "The path begins with / and is encoded as in a URL.";
            case ENVIRONMENT_NOT_AUTHORISED ->
                "Call from the app that owns the environment; or let yours in with ./berth grant APPID, and name the "
                        + "owner with --owner.";
            case ENVIRONMENT_UNKNOWN ->
                "Look for a typing error in --env, or add it: ./berth envs add ID --app APPID; or start with it: "
                        + "./berth up --env ID PATH";
            case SERVICE_UNKNOWN, SERVICE_MISSING -> "See what is deployed: ./berth services";
            case ACCESS_CLOSED -> "Open it when you deploy: --access MINIAPP";
            case REQUEST_TOO_LARGE -> "Send less; WeChat's limit cannot be raised for mini programs.";
            case RESPONSE_TOO_LARGE -> "Let the service answer with less, or in pages.";
            case SESSION_INVALID, SESSION_EXPIRED -> "Call again; if it stays: ./berth status";
            case SHARING_VERDICT_EMPTY, SHARING_VERDICT_MISSING, SHARING_REFUSED ->
                "The owner's function decides: ./berth logs cloudbase_auth";
            case MALFORMED, UNEXPECTED ->
                "What the gateway saw: ./berth calls; what the service said: ./berth logs " + service;
        };
    }
}
