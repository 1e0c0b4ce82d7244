package dev.berth.functions;

import dev.berth.core.FunctionError;
import dev.berth.core.FunctionInvoker.Failed;

/** Ends an invocation with what its caller is told. */
final class InvocationFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failed failed;

    InvocationFailure(FunctionError error, String message) {
        super(message);
        failed = new Failed(error, message);
    }

    InvocationFailure(FunctionError error, String message, Throwable cause) {
        super(message, cause);
        failed = new Failed(error, message);
    }

    Failed failed() {
        return failed;
    }
}
