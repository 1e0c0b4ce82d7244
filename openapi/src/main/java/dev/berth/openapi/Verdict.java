package dev.berth.openapi;

/** Whether a call may be made, and in whose name; found before anything is sent (OA-25). */
sealed interface Verdict {
    record Allowed(String appId) implements Verdict {}

    /** @param appId in whose name it would have been; empty if that is not known */
    record Denied(String appId, Denial denial) implements Verdict {}
}
