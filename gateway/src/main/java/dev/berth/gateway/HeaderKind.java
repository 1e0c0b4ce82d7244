package dev.berth.gateway;

import java.util.Locale;
import java.util.Map;

/** What the gateway does with a request header, decided by its name alone. */
enum HeaderKind {
    /** The application's own; reaches the service as it came. */
    FORWARDED,
    /** Removed: it could lie about identity or address, or belongs to one connection only (CH-60 to CH-62). */
    REMOVED,
    HOST,
    CONTENT_LENGTH,
    CONTENT_TYPE,
    TRANSFER_ENCODING,
    CONNECTION,
    EXPECT,
    ORIGIN,
    FORWARDED_FOR,
    ENVIRONMENT,
    SERVICE,
    SESSION,
    CALL_ID,
    EXCLUDED_CREDENTIALS,
    USER_TIMEOUT,
    RESOURCE_APP,
    BERTH_CLIENT;

    private static final Map<String, HeaderKind> READ = Map.ofEntries(
            Map.entry("host", HOST),
            Map.entry("content-length", CONTENT_LENGTH),
            Map.entry("content-type", CONTENT_TYPE),
            Map.entry("transfer-encoding", TRANSFER_ENCODING),
            Map.entry("connection", CONNECTION),
            Map.entry("expect", EXPECT),
            Map.entry("origin", ORIGIN),
            Map.entry("x-forwarded-for", FORWARDED_FOR),
            Map.entry("x-wx-env", ENVIRONMENT),
            Map.entry("x-wx-service", SERVICE),
            Map.entry("x-berth-session", SESSION),
            Map.entry("x-wx-call-id", CALL_ID),
            Map.entry("x-wx-exclude-credentials", EXCLUDED_CREDENTIALS),
            Map.entry("x-wx-user-timeout", USER_TIMEOUT),
            Map.entry("x-wx-resource-appid", RESOURCE_APP),
            Map.entry("x-berth-client", BERTH_CLIENT));

    static HeaderKind of(String name) {
        // Most headers begin with a letter that no name below begins with.
        return switch (name.isEmpty() ? ' ' : name.charAt(0)) {
            case 'x', 'X', 'c', 'C', 'h', 'H', 'e', 'E', 'o', 'O' -> ofNamed(name.toLowerCase(Locale.ROOT));
            case 'f', 'F', 'v', 'V', 'r', 'R', 't', 'T', 'k', 'K', 'p', 'P', 'u', 'U' ->
                ofNamed(name.toLowerCase(Locale.ROOT));
            default -> FORWARDED;
        };
    }

    private static HeaderKind ofNamed(String lowerCase) {
        HeaderKind read = READ.get(lowerCase);
        if (read != null) {
            return read;
        }
        return isRemoved(plain(lowerCase)) ? REMOVED : FORWARDED;
    }

    /**
     * CH-60: services behind CGI see {@code -} and {@code _} as one. PHP takes a full stop for them too, lighttpd and
     * old Apaches any sign, so no sign is told from another here.
     */
    private static String plain(String lowerCase) {
        int length = lowerCase.length();
        for (int i = 0; i < length; i++) {
            if (!isPlain(lowerCase.charAt(i))) {
                StringBuilder plain = new StringBuilder(lowerCase);
                for (int j = i; j < length; j++) {
                    if (!isPlain(lowerCase.charAt(j))) {
                        plain.setCharAt(j, '-');
                    }
                }
                return plain.toString();
            }
        }
        return lowerCase;
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }

    private static boolean isRemoved(String name) {
        return switch (name) {
            case "forwarded", "x-forwarded", "x-real-ip", "x-client-ip", "true-client-ip", "via" -> true; // CH-61
            case "referer", "keep-alive", "te", "trailer", "upgrade", "http2-settings" -> true; // CH-62
            case "proxy" -> true; // CGI would make HTTP_PROXY of it, which HTTP clients obey
            case "host", "content-length", "transfer-encoding", "connection", "expect" -> true; // spelt with _
            default ->
                name.startsWith("x-wx-") // CH-60
                        || name.startsWith("x-forwarded-") // CH-61
                        || name.startsWith("x-original-forwarded-")
                        || name.startsWith("x-envoy-")
                        || name.startsWith("x-cloudbase-")
                        || name.startsWith("proxy-") // CH-62
                        || name.startsWith("x-berth-"); // CH-63
        };
    }
}
