package dev.berth.functions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** The lines that the server sends, without line end. */
final class HostCommand {
    private static final ObjectMapper JSON = new ObjectMapper();

    private HostCommand() {}

    private record Hello(String key, long resultLimit) {}

    private record Invoke(String id, JsonNode context, Map<String, String> env, int bytes) {}

    static byte[] hello(HostKey key, long resultLimit) {
        return line("hello", new Hello(key.value(), resultLimit));
    }

    /** The event follows the line. */
    static byte[] invoke(HostInvocation invocation) {
        return line(
                "invoke",
                new Invoke(
                        invocation.id(),
                        invocation.context(),
                        invocation.variables(),
                        invocation.event().length()));
    }

    private static byte[] line(String kind, Record content) {
        try {
            return JSON.writeValueAsBytes(Map.of(kind, content));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a frame of kind " + kind + " has no JSON form", e);
        }
    }
}
