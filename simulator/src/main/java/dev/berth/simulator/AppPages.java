package dev.berth.simulator;

import java.util.List;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * The pages of the mini programs' published versions. While none is told for an app, every well-formed path is taken
 * for a page of it.
 */
final class AppPages {
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_\\-]+(/[A-Za-z0-9_\\-.]+)*");

    private AppPages() {}

    static void replace(Handle handle, String appid, List<String> paths) {
        handle.execute("DELETE FROM page WHERE appid = ?", appid);
        for (String path : paths) {
            if (!isPath(path)) {
                throw Refusal.invalid("pages: \"%s\" (expected: a path such as pages/index/index)".formatted(path));
            }
            handle.execute("INSERT INTO page (appid, path) VALUES (?, ?) ON CONFLICT DO NOTHING", appid, path);
        }
    }

    static List<String> of(Handle handle, String appid) {
        return handle.createQuery("SELECT path FROM page WHERE appid = ? ORDER BY path")
                .bind(0, appid)
                .mapTo(String.class)
                .list();
    }

    /** With no slash before it and no query behind. */
    static boolean isPath(String path) {
        return PATH.matcher(path).matches();
    }

    static boolean exists(Handle handle, String appid, String path) {
        List<String> known = of(handle, appid);
        return known.isEmpty() ? isPath(path) : known.contains(path);
    }

    /** The same for a path that may have a slash before it and a query behind it. */
    static boolean existsWithQuery(Handle handle, String appid, String page) {
        PagePath path = PagePath.of(page);
        return exists(handle, appid, path.path());
    }
}
