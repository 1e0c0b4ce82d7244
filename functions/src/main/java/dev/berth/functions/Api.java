package dev.berth.functions;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * One of WeChat's open APIs.
 *
 * @param name as the SDK's caller says it: {@code subscribeMessage.send}
 * @param method {@code GET} or {@code POST}
 * @param path at {@code api.weixin.qq.com}
 * @param query parameters that stand in the query even where the method is POST
 * @param media parameters that are files
 * @param fields whether its parameters beside those are known to exist
 */
record Api(String name, String method, String path, Set<String> query, Set<String> media, boolean fields) {
    Api {
        requireNonNull(name, "name is null");
        requireNonNull(method, "method is null");
        requireNonNull(path, "path is null");
        query = Set.copyOf(query);
        media = Set.copyOf(media);
    }

    boolean isGet() {
        return method.equals("GET");
    }

    /** Whether a request without fields has a body all the same, an empty object. */
    boolean isAlwaysJson() {
        return !isGet() && media.isEmpty() && (query.isEmpty() || fields);
    }
}
