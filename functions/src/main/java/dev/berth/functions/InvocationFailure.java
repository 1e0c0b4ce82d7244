package dev.berth.functions;

import dev.berth.core.FunctionError;
import dev.berth.core.FunctionInvoker.Failed;

/** Ends an invocation with what its caller is told. */
final class InvocationFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failed failed;
    private final boolean thrown;

    InvocationFailure(FunctionError error, String message) {
        this(error, message, false);
    }

    private InvocationFailure(FunctionError error, String message, boolean thrown) {
        super(message);
        this.failed = new Failed(error, message);
        this.thrown = thrown;
    }

    InvocationFailure(FunctionError error, String message, Throwable cause) {
        super(message, cause);
        this.failed = new Failed(error, message);
        this.thrown = false;
    }

    /** Of a function's own code, shown with its stack (WT-68). */
    static InvocationFailure thrown(String stack) {
        return new InvocationFailure(FunctionError.EXECUTION_FAILED, stack, true);
    }

    static InvocationFailure of(Failed failed) {
        return new InvocationFailure(failed.error(), failed.message());
    }

    Failed failed() {
        return failed;
    }

    boolean isThrown() {
        return thrown;
    }
}
