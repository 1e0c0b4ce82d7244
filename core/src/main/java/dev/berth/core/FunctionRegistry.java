package dev.berth.core;

import java.util.List;

/**
 * Port: durable changes to functions and their versions. Every method blocks until the change would survive {@code kill
 * -9}, and the {@link DirectorySource} shows it when the method returns. One version of a function is live: it gets every
 * invocation.
 *
 * @see Registry
 */
public interface FunctionRegistry extends TickClaims {
    /**
     * Reserves the next number; a number once handed out is never handed out again, not even after the function was
     * removed. The function need not exist yet.
     *
     * @throws BerthException {@code ENV_UNKNOWN}
     */
    FunctionVersionId reserve(FunctionId function);

    /**
     * Adds a complete version, with its function if that is new, and makes it the live one; in one step.
     *
     * @throws BerthException {@code ENV_UNKNOWN}
     */
    void addAndRelease(FunctionVersion version);

    /**
     * Makes another version the live one.
     *
     * @throws BerthException {@code VERSION_UNKNOWN}
     */
    void release(FunctionVersionId version);

    /** The versions that were live and are still there, the latest first: the way back. Bounded. */
    List<FunctionVersionId> releases(FunctionId function);

    /** Newest first; none if there is no such function. */
    List<FunctionVersion> versions(FunctionId function);

    /** @throws BerthException {@code VERSION_UNKNOWN}, or {@code VERSION_IN_USE} if it is live */
    void removeVersion(FunctionVersionId version);

    /**
     * With all its versions.
     *
     * @throws BerthException {@code FUNCTION_UNKNOWN}
     */
    void remove(FunctionId function);
}
