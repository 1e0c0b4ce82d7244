package dev.berth.core;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Cloud call 云调用: whether the services of an environment may call WeChat's open APIs without a token, and which
 * (OA-3, OA-4).
 *
 * @param on the switch; without it no call is made in the app's name (OA-18)
 * @param tokens whether services are given cloudbase access tokens, in a file and with each call (OA-26 to OA-28)
 * @param paths the permission list: exact paths such as {@code /wxa/msg_sec_check}, or prefixes that end in {@code /*}
 */
public record CloudCall(boolean on, boolean tokens, SortedSet<String> paths) {
    /** Of a new environment: what is not in the list is refused, and the refusal says what to add. */
    public static final CloudCall DEFAULT = new CloudCall(true, false, Collections.emptySortedSet());

    /** Entries of one list. */
    public static final int MOST_PATHS = 1000;

    private static final int LONGEST_PATH = 256;
    private static final Pattern ENTRY = Pattern.compile("(/[A-Za-z0-9_.~-]+)+(/\\*)?|/\\*");
    private static final String ANYTHING_BELOW = "/*";

    /** @throws BerthException {@code INVALID_PERMISSION} */
    public CloudCall {
        paths = Collections.unmodifiableSortedSet(new TreeSet<>(paths));
        paths.forEach(CloudCall::requirePath);
        if (paths.size() > MOST_PATHS) {
            throw invalid("permission list: %d paths (expected: <= %d)".formatted(paths.size(), MOST_PATHS));
        }
    }

    public static CloudCall of(boolean on, boolean tokens, Set<String> paths) {
        return new CloudCall(on, tokens, new TreeSet<>(paths));
    }

    /**
     * OA-4: case-sensitive, without the query. Dot segments, empty ones, escapes and parameters of segments (RFC 3986, section
     * 3.3) are never allowed, for who knows where they lead: to some servers {@code /..;/} is a step up.
     */
    public boolean allows(String path) {
        if (!isPlain(path)) {
            return false;
        }
        if (paths.contains(path)) {
            return true;
        }
        for (int end = path.lastIndexOf('/'); end >= 0; end = path.lastIndexOf('/', end - 1)) {
            if (paths.contains(path.substring(0, end) + ANYTHING_BELOW)) {
                return true;
            }
        }
        return false;
    }

    public CloudCall withOn(boolean value) {
        return new CloudCall(value, tokens, paths);
    }

    public CloudCall withTokens(boolean value) {
        return new CloudCall(on, value, paths);
    }

    public CloudCall withPaths(Set<String> value) {
        return of(on, tokens, value);
    }

    private static boolean isPlain(String path) {
        return path.startsWith("/")
                && path.indexOf('%') < 0
                && path.indexOf('\\') < 0
                && path.indexOf(';') < 0
                && !path.contains("//")
                && !(path + "/").contains("/../")
                && !(path + "/").contains("/./");
    }

    private static void requirePath(String entry) {
        if (entry.isEmpty()
                || entry.length() > LONGEST_PATH
                || !ENTRY.matcher(entry).matches()
                || !isPlain(entry)) {
            throw invalid(
                    "permission: %s (expected: the path of an open API such as /wxa/msg_sec_check, or a prefix such as /wxa/*; no host, no query)"
                            .formatted(shown(entry)));
        }
    }

    private static String shown(String entry) {
        String printable = entry.replaceAll("\\p{Cntrl}", "?");
        return printable.length() > LONGEST_PATH ? printable.substring(0, LONGEST_PATH) + "…" : printable;
    }

    private static BerthException invalid(String message) {
        return new BerthException(
                new Problem("INVALID_PERMISSION", "openapi", message, "Correct the entry and try again."));
    }
}
