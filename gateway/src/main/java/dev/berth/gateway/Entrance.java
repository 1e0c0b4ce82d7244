package dev.berth.gateway;

import dev.berth.core.Caller;
import dev.berth.core.Directory;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.Names;
import dev.berth.core.Refusal;
import dev.berth.core.SystemError;
import org.jspecify.annotations.Nullable;

/** Whether a caller may enter the environment that he names (CH-115), and what he is told if not. */
final class Entrance {
    private Entrance() {}

    /** CH-83. */
    static Refusal unproven(Sessions.Unproven verdict, InboundHead head) {
        return switch (verdict) {
            case Sessions.Forged forged ->
                Refusal.system(
                        SystemError.SESSION_INVALID,
                        "gateway",
                        head.session().isEmpty()
                                ? "no X-Berth-Session; sign in first"
                                : "not a session of this platform");
            case Sessions.Over over ->
                Refusal.system(SystemError.SESSION_EXPIRED, "gateway", "the session is over; sign in again");
        };
    }

    static @Nullable EnvironmentEntry environment(Directory directory, InboundHead head) {
        return directory.environments().get(head.environment());
    }

    /** CH-75. */
    static Refusal unknown(InboundHead head) {
        return Refusal.system(
                SystemError.ENVIRONMENT_UNKNOWN,
                "gateway",
                "X-WX-ENV: " + head.environment() + " is not known here; " + remedy(head.environment()));
    }

    /** Whoever wrote the id chose it, or mistyped it. */
    private static String remedy(String id) {
        return Names.isEnvironmentId(id)
                ? "add it with berth envs add; or start with berth up --env " + id + " PATH"
                : "see which there are with berth envs";
    }

    /** Whether it is the caller's own, or granted to his app and named as its owner's. */
    static boolean isOpen(EnvironmentEntry entry, InboundHead head, Caller caller) {
        String owner = entry.environment().appId();
        String claimed = head.resourceApp().isEmpty() ? caller.appId() : head.resourceApp();
        return claimed.equals(owner)
                && (owner.equals(caller.appId()) || entry.grants().contains(caller.appId()));
    }

    /** CH-74. */
    static Refusal closed(InboundHead head, Caller caller) {
        return Refusal.system(
                SystemError.ENVIRONMENT_NOT_AUTHORISED,
                "gateway",
                "environment " + head.environment() + " is neither owned by app " + caller.appId()
                        + " nor granted to it under X-WX-RESOURCE-APPID: " + head.resourceApp());
    }
}
