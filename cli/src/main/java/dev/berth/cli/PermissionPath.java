package dev.berth.cli;

import dev.berth.core.BerthException;
import dev.berth.core.CloudCall;
import java.util.Optional;
import java.util.Set;

/** An entry of the permission list, as somebody wrote it. */
record PermissionPath(String written) {
    /** Why it cannot be an entry; empty if it can. */
    Optional<String> fault() {
        try {
            CloudCall.of(true, false, Set.of(written));
            return Optional.empty();
        } catch (BerthException refused) {
            return Optional.of(refused.problem().message());
        }
    }

    /** What was most likely meant: without host, query and the like. */
    Optional<String> corrected() {
        String path = written.strip()
                .replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*://", "//")
                .replaceFirst("[?#].*", "")
                .replaceFirst("^(//)?([^/]+\\.[^/]+)(/|$)", "/")
                .replaceAll("/+", "/");
        String rooted = path.startsWith("/") ? path : "/" + path;
        String plain = rooted.length() > 1 && rooted.endsWith("/") ? rooted.substring(0, rooted.length() - 1) : rooted;
        return Optional.of(plain)
                .filter(text -> !text.equals(written)
                        && new PermissionPath(text).fault().isEmpty());
    }
}
