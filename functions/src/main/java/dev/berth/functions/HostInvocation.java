package dev.berth.functions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * One run of a function, as a host gets it.
 *
 * @param id unique within its host
 * @param event what the client sent, with what the server adds (AD-75, AD-76)
 * @param context the second argument of the function (AD-78); the host adds {@code environment}, where it is missing, and
 *     the functions of a context
 * @param variables over those of the host, for this invocation alone: identity, tokens (AD-27)
 */
record HostInvocation(String id, JsonText event, JsonNode context, Map<String, String> variables) {
    HostInvocation {
        variables = Map.copyOf(variables);
    }

    /** Variables are secret. */
    @Override
    public String toString() {
        return "HostInvocation[id=%s, event=%s]".formatted(id, event);
    }
}
