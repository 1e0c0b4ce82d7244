package dev.berth.gateway;

import io.vertx.core.http.HttpMethod;
import java.util.Set;

/** The compatibility switch {@code compat.callcontainer.methods} (CF-3). */
@SuppressWarnings("ImmutableEnumChecker") // unmodifiable sets of constants
public enum AllowedMethods {
    /** What the guide's table lists, except CONNECT, which would turn the connection into a tunnel. */
    DOCUMENTED(Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS,
            HttpMethod.TRACE)),
    /** What error 102005 and the knowledge page of 2026 say. */
    STRICT(Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE));

    private final Set<HttpMethod> methods;

    AllowedMethods(Set<HttpMethod> methods) {
        this.methods = methods;
    }

    boolean allow(HttpMethod method) {
        return methods.contains(method);
    }
}
