package dev.berth.functions;

import dev.berth.core.FunctionInvoker.Invocation;
import dev.berth.core.FunctionInvoker.Outcome;

/** Port: told of every invocation when it has ended, also of those that were refused; must be quick, and fails nobody. */
@FunctionalInterface
public interface InvocationObserver {
    void ended(Invocation invocation, Outcome outcome);
}
