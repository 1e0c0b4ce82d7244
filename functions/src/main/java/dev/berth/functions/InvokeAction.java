package dev.berth.functions;

import static java.util.Objects.requireNonNull;

import dev.berth.core.AdminActions;
import dev.berth.core.BerthException;
import dev.berth.core.FunctionError;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionInvoker;
import dev.berth.core.Origin;
import java.util.Optional;

/** {@code functions.invokeFunction}: a function calls a function (AD-50 to AD-52). Thread-safe; blocks until it has ended. */
final class InvokeAction {
    /** How deep functions may call functions; one that calls itself without end stops here. */
    static final int DEEPEST = 16;

    private static final String LINK = ",scf";

    private final CrossAccount crossAccount;
    private final FunctionInvoker invoker;

    InvokeAction(CrossAccount crossAccount, FunctionInvoker invoker) {
        this.crossAccount = requireNonNull(crossAccount, "crossAccount is null");
        this.invoker = requireNonNull(invoker, "invoker is null");
    }

    AdminActions.Answer answer(Recognition.Known known, AdminFields fields) {
        LiveInvocation invocation = known.invocation();
        FunctionId own = invocation.version().function();
        String environment = known.sharedEnvironment()
                .orElseGet(() -> fields.text("envName").isEmpty() ? own.environmentId() : fields.text("envName"));
        if (known.sharedEnvironment().isEmpty() && !crossAccount.isOfSameApp(own, environment)) {
            return refuse(
                    invocation,
                    AdminAnswers.Code.INVALIID_ENV,
                    ("this app has no environment of the name in init({env}) (expected: %s, or cloud.DYNAMIC_CURRENT_ENV; "
                                    + "a further one comes with berth up --env ID PATH)")
                            .formatted(own.environmentId()));
        }
        if (depth(invocation.origin()) >= DEEPEST) {
            return refuse(
                    invocation,
                    AdminAnswers.Code.FUNCTIONS_EXECUTE_FAIL,
                    "functions have called functions %d times in one another (expected: <= %d)"
                            .formatted(DEEPEST + 1, DEEPEST));
        }
        Optional<FunctionId> called = called(environment, fields.text("function_name"));
        if (called.isEmpty()) {
            return AdminAnswers.failure(AdminAnswers.Code.FUNCTIONS_EXECUTE_FAIL, FunctionError.UNKNOWN.text());
        }
        String event = fields.text("request_data");
        return answer(invoker.invoke(new FunctionInvoker.Invocation(
                        called.get(),
                        event.isEmpty() ? "{}" : event,
                        invocation.origin().throughFunction()))
                .toCompletableFuture()
                .join());
    }

    private static AdminActions.Answer answer(FunctionInvoker.Outcome outcome) {
        return switch (outcome.result()) {
            case FunctionInvoker.Returned returned ->
                AdminAnswers.success(outcome.requestId(), "response_data", returned.json());
            case FunctionInvoker.Failed failed ->
                AdminAnswers.failure(code(failed.error()), message(failed), outcome.requestId());
        };
    }

    private static AdminAnswers.Code code(FunctionError error) {
        return switch (error) {
            case UNKNOWN, EXECUTION_FAILED, TIMED_OUT, RESULT_TOO_LARGE -> AdminAnswers.Code.FUNCTIONS_EXECUTE_FAIL;
            case TOO_MANY -> AdminAnswers.Code.EXCEED_CONCURRENT_REQUEST_LIMIT;
            case EVENT_TOO_LARGE, EVENT_INVALID -> AdminAnswers.Code.INVALID_PARAM;
            case PLATFORM_FAILED -> AdminAnswers.Code.SYS_ERR;
        };
    }

    /** The codes of the wire are fewer than the errors: the documented text goes along (WT-69). */
    private static String message(FunctionInvoker.Failed failed) {
        String text = failed.error().text();
        return switch (failed.error()) {
            case EXECUTION_FAILED, TIMED_OUT -> failed.message();
            default -> failed.message().contains(text) ? failed.message() : text + ": " + failed.message();
        };
    }

    private static int depth(Origin origin) {
        int depth = 0;
        for (String link = origin.source(); link.endsWith(LINK); depth++) {
            link = link.substring(0, link.length() - LINK.length());
        }
        return depth;
    }

    private static Optional<FunctionId> called(String environment, String name) {
        try {
            return Optional.of(new FunctionId(environment, name));
        } catch (BerthException noName) {
            return Optional.empty();
        }
    }

    private static AdminActions.Answer refuse(LiveInvocation invocation, AdminAnswers.Code code, String text) {
        invocation.log().accept(InvocationLog.refused("callFunction", code.name(), text));
        return AdminAnswers.failure(code, text);
    }
}
