package dev.berth.gateway;

import java.util.Optional;

/** Whether a request target can be handed to a service (CH-2, CH-73). It is handed on as it is, never rewritten. */
final class RequestTarget {
    private RequestTarget() {}

    /** Why not, if so. The query is the service's own business and not looked into. */
    static Optional<String> fault(String target) {
        if (target.isEmpty() || target.charAt(0) != '/') {
            return Optional.of("the path does not begin with /");
        }
        int end = target.indexOf('?') < 0 ? target.length() : target.indexOf('?');
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                return Optional.of("the path holds the character 0x%02x unescaped".formatted((int) c));
            }
            if (c == '%' && i < end && !(isHex(target, i + 1) && isHex(target, i + 2))) {
                return Optional.of("the path holds a % that is not followed by two hex digits");
            }
        }
        return climbs(target.substring(0, end)) ? Optional.of("the path climbs above /") : Optional.empty();
    }

    static String path(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    private static boolean isHex(String target, int index) {
        return index < target.length() && Character.digit(target.charAt(index), 16) >= 0;
    }

    private static boolean climbs(String path) {
        if (path.indexOf("..") < 0 && path.indexOf('%') < 0) {
            return false;
        }
        String plain = path.replaceAll("(?i)%2e", ".").replaceAll("(?i)%2f|%5c|\\\\", "/");
        int depth = 0;
        for (String segment : plain.substring(1).split("/", -1)) {
            if (segment.equals("..")) {
                depth--;
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                depth++;
            }
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }
}
