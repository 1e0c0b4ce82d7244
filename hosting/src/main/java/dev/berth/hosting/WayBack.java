package dev.berth.hosting;

import dev.berth.core.BerthException;
import dev.berth.core.Release;
import dev.berth.core.Version;
import dev.berth.core.VersionId;
import java.util.List;
import java.util.Optional;

/** Which version a rollback goes to (HO-10). */
final class WayBack {
    private WayBack() {}

    /**
     * While versions share the traffic, the one that had all of it before they did; otherwise the latest one that had all
     * of it and is older than the present one.
     *
     * @param history see {@link dev.berth.core.Registry#fullReleases}
     */
    static Version find(Release present, List<VersionId> history, List<Version> there) {
        int below = present.sole().map(version -> version.id().number()).orElse(Integer.MAX_VALUE);
        Optional<VersionId> back =
                history.stream().filter(id -> id.number() < below).findFirst();
        return there.stream()
                .filter(version -> back.equals(Optional.of(version.id())))
                .findFirst()
                .orElseThrow(() -> Refused.because(
                        "ROLLBACK_IMPOSSIBLE",
                        "There is no older version that had all the traffic before",
                        "Release one that is there, or deploy an older state of the code."));
    }

    /** The version itself, if it is older than all that have traffic now, or is one of several that share it. */
    static Version named(Release present, Version version) {
        int weight = present.weightOf(version.id());
        boolean older = present.live().stream()
                .allMatch(share -> version.id().number() < share.version().id().number());
        if (weight == 100) {
            throw refused(version, "has all the traffic already");
        }
        if (weight == 0 && !older) {
            throw refused(version, "is not older than what has traffic now");
        }
        return version;
    }

    private static BerthException refused(Version version, String why) {
        return Refused.because(
                "ROLLBACK_IMPOSSIBLE",
                "version: %s %s (expected: an older one)".formatted(version.id().name(), why),
                "To give traffic to any version: berth release %s VERSION"
                        .formatted(version.id().service()));
    }
}
