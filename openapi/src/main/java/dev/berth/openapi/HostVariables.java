package dev.berth.openapi;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/**
 * The variables by which {@code wx-server-sdk} inside a host of a function finds {@code /admin}.
 *
 * @param host and port of the door for all
 */
record HostVariables(String host, int port) {
    /** AD-2: without {@code ?}. */
    Map<String, String> toMap() {
        String url = "http://%s:%d%s".formatted(host, port, PlatformNames.PATH);
        return Map.of("TCB_CONTEXT_CNFG", new JsonObject().put("URL", url).encode());
    }

    /**
     * For want of an address for the names: versions before 2.3 obey this (AD-5). In small letters alone, which everything
     * reads that reads the capital ones, and for {@code http://} alone: what a function does over TLS goes its own way.
     */
    Map<String, String> withProxy(String hostId, String credential) {
        Map<String, String> variables = new HashMap<>(toMap());
        variables.put("http_proxy", InstanceVariables.address(hostId, credential, host, port));
        variables.put("no_proxy", InstanceVariables.NO_PROXY + "," + host);
        return variables;
    }
}
