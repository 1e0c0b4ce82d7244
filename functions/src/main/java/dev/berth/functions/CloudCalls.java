package dev.berth.functions;

import static java.util.Objects.requireNonNull;

import berth.wx.Openapi.KeyValuePair;
import dev.berth.core.Asker;
import dev.berth.core.Directory;
import dev.berth.core.DirectorySource;
import dev.berth.core.FunctionId;
import dev.berth.core.WeChat;
import java.util.List;
import java.util.Optional;

/**
 * Cloud calls 云调用 of functions: decides whether an invocation may call an open API (HO-53), and asks WeChat. Every refusal is
 * told in the invocation's log, with what to do. Thread-safe; blocks while WeChat is asked.
 */
final class CloudCalls {
    private final DirectorySource directory;
    private final WeChat weChat;

    CloudCalls(DirectorySource directory, WeChat weChat) {
        this.directory = requireNonNull(directory, "directory is null");
        this.weChat = requireNonNull(weChat, "weChat is null");
    }

    /** The platform's own codes (AD-40). */
    enum Refusal {
        UNKNOWN_NAME(-604100, "API not found"),
        NOT_PERMITTED(-604101, "function has no permission to call this API"),
        TIMED_OUT(-604102, "call open API timeout"),
        FAILED(-604103, "call open API system error"),
        NO_CALLER(-604104, "illegal source of invocation");

        private final int code;
        private final String text;

        Refusal(int code, String text) {
            this.code = code;
            this.text = text;
        }

        int code() {
            return code;
        }

        /** AD-112. */
        String text() {
            return text;
        }
    }

    sealed interface Outcome {}

    /** What WeChat said, with whatever errcode. */
    @SuppressWarnings("ArrayRecordComponent")
    record Said(int status, String contentType, byte[] body) implements Outcome {
        /** Not the body: it may be a user's. */
        @Override
        public String toString() {
            return "Said[" + status + "]";
        }
    }

    record Refused(Refusal refusal) implements Outcome {}

    /** @param appId in whose name; empty for the owner of the function's environment (AD-38) */
    Outcome call(LiveInvocation invocation, String name, String appId, List<KeyValuePair> pairs) {
        if (!invocation.origin().isWeChat()) {
            return noCaller(invocation, "openapi." + name);
        }
        Optional<Api> api = ApiNames.known().named(name);
        if (api.isEmpty()) {
            return refuse(invocation, "openapi." + name, Refusal.UNKNOWN_NAME, unknown(name));
        }
        FunctionId function = invocation.version().function();
        if (!isPermitted(function, name)) {
            return refuse(
                    invocation,
                    "openapi." + name,
                    Refusal.NOT_PERMITTED,
                    "add \"%s\" to permissions.openapi in config.json of function '%s', and deploy it"
                            .formatted(name, function.name()));
        }
        return ask(invocation, "openapi." + name, appId, OpenApiRequest.of(api.get(), pairs));
    }

    /** AD-40: with a token, but begun by neither a user of WeChat nor a timer. */
    Refused noCaller(LiveInvocation invocation, String what) {
        return refuse(invocation, what, Refusal.NO_CALLER, InvocationLog.nobodyFromWeChat(invocation));
    }

    /** Without looking at the function's permissions. */
    Outcome ask(LiveInvocation invocation, String what, String appId, OpenApiRequest request) {
        FunctionId function = invocation.version().function();
        Optional<String> owner = owner(function);
        if (owner.isEmpty()) {
            return refuse(invocation, what, Refusal.FAILED, "environment " + function.environmentId() + " is gone");
        }
        WeChat.Answer answer = weChat.ask(new WeChat.Question(
                        new Asker.FunctionAsker(function, invocation.requestId()),
                        appId.isEmpty() ? owner.get() : appId,
                        request.method(),
                        request.path(),
                        request.query(),
                        request.contentType(),
                        request.body()))
                .toCompletableFuture()
                .join();
        return switch (answer) {
            case WeChat.Answered answered -> said(invocation, what, answered);
            case WeChat.Unanswered unanswered ->
                refuse(
                        invocation,
                        what,
                        unanswered.cause() == WeChat.Cause.TIMED_OUT ? Refusal.TIMED_OUT : Refusal.FAILED,
                        unanswered.reason());
        };
    }

    /** WeChat's errors have an errcode and status 200; any other status is of something on the way. */
    private Outcome said(LiveInvocation invocation, String what, WeChat.Answered answered) {
        return answered.status() / 100 == 2
                ? new Said(answered.status(), answered.contentType(), answered.body())
                : refuse(invocation, what, Refusal.FAILED, "WeChat answered HTTP " + answered.status());
    }

    /** By the version that is live now, so that a deployment holds at once (HO-53). */
    private boolean isPermitted(FunctionId function, String name) {
        return directory
                .current()
                .function(function)
                .filter(entry -> entry.live().settings().permissions().contains(name))
                .isPresent();
    }

    private Optional<String> owner(FunctionId function) {
        return directory
                .current()
                .environment(function.environmentId())
                .map(Directory.EnvironmentEntry::environment)
                .map(environment -> environment.appId());
    }

    private static String unknown(String name) {
        return "there is no API of this name"
                + ApiNames.known().nearest(name).map("; nearest: %s"::formatted).orElse("");
    }

    private static Refused refuse(LiveInvocation invocation, String what, Refusal refusal, String text) {
        String line = InvocationLog.refused(what, Integer.toString(refusal.code()), text);
        invocation.log().accept(line);
        return new Refused(refusal);
    }
}
