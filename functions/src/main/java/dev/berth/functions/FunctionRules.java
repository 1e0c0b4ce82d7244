package dev.berth.functions;

import java.time.Duration;

/**
 * What the platform allows functions, and what it keeps ready for them.
 *
 * @param concurrency invocations of one function at the same time; more are refused (HO-56)
 * @param longest the upper bound of a function's own time limit (HO-54)
 * @param loadWithin how long a host may take to start, and then to load the function; no part of the time limit
 * @param warm hosts per live version that have loaded its code and have never been invoked; 0 for none
 * @param keepIdle a host that nobody has used for so long goes, warm ones included
 * @param idleMemory bytes that all hosts without an invocation may use together; the least recently used go first
 */
public record FunctionRules(
        int concurrency, Duration longest, Duration loadWithin, int warm, Duration keepIdle, long idleMemory) {
    public static final FunctionRules DEFAULTS =
            new FunctionRules(20, Duration.ofSeconds(60), Duration.ofSeconds(15), 1, Duration.ofMinutes(10), 1L << 30);

    public FunctionRules {
        atLeast("concurrency", concurrency, 1);
        atLeast("longest in seconds", longest.toSeconds(), 1);
        atLeast("loadWithin in milliseconds", loadWithin.toMillis(), 1);
        atLeast("warm", warm, 0);
        atLeast("keepIdle in milliseconds", keepIdle.toMillis(), 1);
        atLeast("idleMemory", idleMemory, 0);
    }

    Duration timeLimit(Duration asked) {
        return asked.compareTo(longest) < 0 ? asked : longest;
    }

    private static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException("%s: %d (expected: >= %d)".formatted(name, value, least));
        }
    }
}
