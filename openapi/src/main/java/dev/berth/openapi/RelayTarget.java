package dev.berth.openapi;

import java.util.Locale;
import java.util.Optional;

/** Where a request wants to go (RFC 9112, section 3.2). */
sealed interface RelayTarget {
    String WECHAT = "api.weixin.qq.com";

    /** Who wants to go there must be known. */
    sealed interface Personal extends RelayTarget {}

    /** @param path with its escapes, without the query */
    record WeChat(Authority authority, String path, String query) implements Personal {
        /** For who is to reach WeChat as it is. */
        OtherHost itself() {
            return new OtherHost(authority, query.isEmpty() ? path : path + "?" + query);
        }
    }

    /**
     * What {@code wx-server-sdk} asks the platform for (AD-1): {@code /admin} of this door, or of a name of the platform.
     *
     * @param query as it was sent, or empty
     */
    record Admin(String query) implements RelayTarget {}

    /** @param uri path and query */
    record OtherHost(Authority authority, String uri) implements Personal {}

    /** {@code CONNECT}. */
    record Tunnel(Authority authority) implements Personal {}

    /** To a host that is not intercepted, without being asked as a proxy (OA-8). */
    record Misdirected(String host) implements Personal {}

    record Malformed(String reason) implements Personal {}

    /**
     * @param host without brackets
     * @param text as it was given
     */
    record Authority(String host, int port, String text) {
        private static final String HOST_SIGNS = ".-_~%";

        /** Empty if it is none. Without a port: {@code usualPort}; if that is 0, there must be one. */
        static Optional<Authority> parse(String text, int usualPort) {
            int colon = text.lastIndexOf(':');
            boolean hasPort = colon > text.lastIndexOf(']');
            String name = hasPort ? text.substring(0, colon) : text;
            int port = hasPort ? port(text.substring(colon + 1)) : usualPort;
            boolean literal = name.startsWith("[") && name.endsWith("]");
            String host = literal ? name.substring(1, name.length() - 1) : name;
            boolean plausible = !host.isEmpty()
                    && host.length() <= 255
                    && host.chars().allMatch(c -> isAlphanumeric(c) || isSign(c) || (literal && c == ':'));
            return plausible && port > 0 ? Optional.of(new Authority(host, port, text)) : Optional.empty();
        }

        private static int port(String digits) {
            return digits.matches("[0-9]{1,5}") && Integer.parseInt(digits) <= 65535 ? Integer.parseInt(digits) : -1;
        }

        private static boolean isAlphanumeric(int c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        }

        private static boolean isSign(int c) {
            return HOST_SIGNS.indexOf(c) >= 0;
        }

        boolean isWeChat() {
            return namesWeChat() && (port == 80 || port == 443);
        }

        boolean namesWeChat() {
            return (host.endsWith(".") ? host.substring(0, host.length() - 1) : host).equalsIgnoreCase(WECHAT);
        }
    }

    /** @param host the header, or empty */
    static RelayTarget of(String method, String target, String host) {
        if (method.equals("CONNECT")) {
            return Authority.parse(target, 0)
                    .<RelayTarget>map(Tunnel::new)
                    .orElseGet(() -> new Malformed("CONNECT without a name and a port (expected: host:port)"));
        }
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c == 0x7f || c == '#') {
                return new Malformed("the target holds the character 0x%02x unescaped".formatted((int) c));
            }
        }
        return target.startsWith("/") ? origin(target, host) : absolute(target);
    }

    private static RelayTarget origin(String target, String host) {
        Optional<Authority> authority = Authority.parse(host, 80);
        if (authority.isPresent() && authority.get().namesWeChat()) {
            return weChat(authority.get(), target);
        }
        return isAdmin(target)
                ? admin(target)
                : new Misdirected(host.chars().allMatch(c -> c > ' ' && c < 0x7f) ? host : "?");
    }

    private static boolean isAdmin(String uri) {
        return uri.equals(PlatformNames.PATH) || uri.startsWith(PlatformNames.PATH + "?");
    }

    private static Admin admin(String uri) {
        return new Admin(uri.substring(Math.min(uri.length(), PlatformNames.PATH.length() + 1)));
    }

    private static RelayTarget absolute(String target) {
        String lowerCase = target.substring(0, Math.min(8, target.length())).toLowerCase(Locale.ROOT);
        boolean secure = lowerCase.startsWith("https://");
        if (!secure && !lowerCase.startsWith("http://")) {
            return new Malformed("the target is neither a path nor an address that begins with http://");
        }
        int begin = secure ? 8 : 7;
        int end = begin;
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
            end++;
        }
        Optional<Authority> authority = Authority.parse(target.substring(begin, end), secure ? 443 : 80);
        String uri = target.substring(end);
        String rooted = uri.startsWith("/") ? uri : "/" + uri;
        if (authority.isEmpty()) {
            return new Malformed("the target holds no host (expected: http://host:port/path)");
        }
        if (authority.get().isWeChat()) {
            return weChat(authority.get(), rooted);
        }
        if (!secure && isAdmin(rooted) && PlatformNames.contain(authority.get())) {
            return admin(rooted);
        }
        return secure
                ? new Malformed("a target with https:// (expected: CONNECT, so that nobody between can read it)")
                : new OtherHost(authority.get(), escaped(rooted));
    }

    private static WeChat weChat(Authority authority, String target) {
        String escaped = escaped(target);
        int query = escaped.indexOf('?');
        return query < 0
                ? new WeChat(authority, escaped, "")
                : new WeChat(authority, escaped.substring(0, query), escaped.substring(query + 1));
    }

    /** RFC 3986, section 2.1: what was sent as bare bytes means the same escaped, and no client after this alters it. */
    private static String escaped(String target) {
        if (target.chars().allMatch(c -> c < 0x7f)) {
            return target;
        }
        StringBuilder escaped = new StringBuilder(target.length() + 16);
        target.chars().forEach(c -> {
            if (c < 0x7f) {
                escaped.append((char) c);
            } else {
                escaped.append("%%%02X".formatted(c));
            }
        });
        return escaped.toString();
    }
}
