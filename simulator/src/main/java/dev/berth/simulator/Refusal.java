package dev.berth.simulator;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;

/**
 * The control API says no. The message names the offending value and what was expected, the hint what to do next; the
 * code is stable and may be relied on.
 */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;
    private final String hint;

    private Refusal(int status, String code, String message, String hint) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.hint = hint;
    }

    static Refusal invalid(String message) {
        return new Refusal(400, "REQUEST_INVALID", message, "Mend the named field and send the request again.");
    }

    static Refusal badJson(String reason) {
        return new Refusal(
                400,
                "JSON_INVALID",
                "The body is not a JSON object: " + reason,
                "Send an object such as {\"name\": \"alice\"}.");
    }

    static Refusal tooLarge(long limit) {
        return new Refusal(
                413,
                "BODY_TOO_LARGE",
                "The body has more than %d bytes.".formatted(limit),
                "Send a smaller body; no request here needs more.");
    }

    static Refusal unknownUser(String name, Collection<String> known) {
        return new Refusal(
                404,
                "USER_UNKNOWN",
                "There is no user \"%s\" (known: %s)".formatted(name, list(known)),
                "Add the user with POST /__sim__/users {\"name\": \"…\"}, or name a known one.");
    }

    static Refusal unknownApp(String appid, Collection<String> known) {
        return new Refusal(
                404,
                "APP_UNKNOWN",
                "There is no app \"%s\" (known: %s)".formatted(appid, list(known)),
                "Add the app with PUT /__sim__/apps/{appid} {\"secret\": \"…\"}, or name a known one.");
    }

    static Refusal unknownTemplate(String appid, String template, Collection<String> known) {
        return new Refusal(
                404,
                "TEMPLATE_UNKNOWN",
                "The app %s has no template \"%s\" (known: %s)".formatted(appid, template, list(known)),
                "Add the template with PUT /__sim__/apps/{appid}/templates/{template}, or name a known one.");
    }

    static Refusal unknownLink(String text) {
        return new Refusal(
                404,
                "LINK_UNKNOWN",
                "This WeChat has made no code or link with the text \"%s\"".formatted(text),
                "Send the whole text that is in the code, percent-encoded, as the parameter text.");
    }

    static Refusal userExists(String name) {
        return new Refusal(
                409,
                "USER_TAKEN",
                "There is already a user \"%s\".".formatted(name),
                "Choose another name, or remove the user first with DELETE /__sim__/users/%s.".formatted(name));
    }

    static Refusal unknownFault(String id) {
        return new Refusal(
                404,
                "FAULT_UNKNOWN",
                "There is no fault %s.".formatted(id),
                "GET /__sim__/faults tells those that are set.");
    }

    static Refusal unknownPath(String path, String known) {
        return new Refusal(
                404, "PATH_UNKNOWN", "There is nothing at %s".formatted(path), "The control API has: " + known);
    }

    static Refusal wrongMethod(String method, String path, String possible) {
        return new Refusal(
                405, "METHOD_NOT_ALLOWED", "%s is not possible at %s".formatted(method, path), "Possible: " + possible);
    }

    static Refusal foreignOrigin() {
        return new Refusal(
                403,
                "ORIGIN_FOREIGN",
                "A web page of another machine may not use the control API.",
                "Open the page from http://127.0.0.1 or http://localhost.");
    }

    static Refusal foreignHost(String host) {
        return new Refusal(
                403,
                "HOST_FOREIGN",
                "The Host header names \"%s\" (expected: 127.0.0.1, localhost or [::1])".formatted(host),
                "Address the simulator as http://127.0.0.1.");
    }

    static Refusal full() {
        return new Refusal(
                500,
                "DISK_FULL",
                "The simulator's database: " + DatabaseTrouble.FULL.reason(),
                DatabaseTrouble.FULL.hint());
    }

    static Refusal broken() {
        return new Refusal(500, "UNEXPECTED", "The simulator failed.", "See its log for the cause.");
    }

    void answer(RoutingContext call) {
        JsonObject error = new JsonObject()
                .put("code", code)
                .put("component", "simulator")
                .put("message", getMessage())
                .put("hint", hint);
        ControlAnswer.send(call, status, new JsonObject().put("error", error));
    }

    private static String list(Collection<String> known) {
        return known.isEmpty() ? "none" : String.join(", ", known);
    }
}
