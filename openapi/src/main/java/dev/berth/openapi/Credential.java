package dev.berth.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** By what a call of a path proves in whose name it is. */
enum Credential {
    /** {@code access_token} in the query. */
    TOKEN,
    /** AppID and secret in the query (OA-49). */
    SECRET,
    /**
     * Would issue a token (OA-49). Another one than the keeper's would make the keeper's invalid, and needs the secret: so the
     * keeper's own is answered, and WeChat not asked.
     */
    KEEPER;

    private static final Set<String> OF_SECRET = Set.of("appid", "secret");

    static Credential of(String path) {
        return switch (path) {
            case "/sns/jscode2session" -> SECRET;
            case "/cgi-bin/token", "/cgi-bin/stable_token" -> KEEPER;
            default -> TOKEN;
        };
    }

    static String withToken(String path, String query, String token) {
        return path + "?access_token=" + encode(token) + (query.isEmpty() ? "" : "&" + query);
    }

    /** Whatever the request says about them gives way to the app's own. */
    static String withSecret(String path, String query, String appId, String secret) {
        String rest = Arrays.stream(query.split("&", -1))
                .filter(parameter -> !parameter.isEmpty() && !OF_SECRET.contains(name(parameter)))
                .collect(Collectors.joining("&"));
        return path + "?appid=" + encode(appId) + "&secret=" + encode(secret) + (rest.isEmpty() ? "" : "&" + rest);
    }

    private static String name(String parameter) {
        int end = parameter.indexOf('=');
        String name = end < 0 ? parameter : parameter.substring(0, end);
        try {
            return URLDecoder.decode(name, UTF_8);
        } catch (IllegalArgumentException e) {
            return name; // it is no escape
        }
    }

    static String encode(String value) {
        return URLEncoder.encode(value, UTF_8);
    }
}
