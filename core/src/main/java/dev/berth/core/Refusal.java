package dev.berth.core;

import static java.util.Objects.requireNonNull;

/** Why a caller did not get the answer of a service, or the result of a function: what the caller is told, and for people who said so and why. */
public sealed interface Refusal {
    String component();

    String reason();

    /** Told as CH-70. */
    record SystemRefusal(SystemError error, String component, String reason) implements Refusal {
        public SystemRefusal {
            requireNonNull(error, "error is null");
            requireNonNull(component, "component is null");
            requireNonNull(reason, "reason is null");
        }
    }

    /** Told as CH-96. */
    record GatewayRefusal(GatewayError error, String component, String reason) implements Refusal {
        public GatewayRefusal {
            requireNonNull(error, "error is null");
            requireNonNull(component, "component is null");
            requireNonNull(reason, "reason is null");
        }
    }

    /** Told as CH-70 if the function did not run, else beside the id of the request (WT-67). */
    record FunctionRefusal(FunctionError error, String component, String reason) implements Refusal {
        public FunctionRefusal {
            requireNonNull(error, "error is null");
            requireNonNull(component, "component is null");
            requireNonNull(reason, "reason is null");
        }
    }

    static Refusal system(SystemError error, String component, String reason) {
        return new SystemRefusal(error, component, reason);
    }

    static Refusal gateway(GatewayError error, String component, String reason) {
        return new GatewayRefusal(error, component, reason);
    }

    static Refusal function(FunctionError error, String component, String reason) {
        return new FunctionRefusal(error, component, reason);
    }
}
