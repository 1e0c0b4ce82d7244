package dev.berth.openapi;

import static java.util.Objects.requireNonNull;

import dev.berth.core.CloudIdOpener;
import dev.berth.core.OpenData;
import java.time.InstantSource;
import java.util.Optional;

/** What a CloudID of Berth opens to, and for whom (OA-31). */
final class SealedCloudIdOpener implements CloudIdOpener {
    private static final Unopened INVALID = new Unopened(-601005, "invalid cloudID.");
    private static final Unopened EXPIRED = new Unopened(-601006, "cloudID expired."); // CF-16
    private static final Unopened ANOTHERS = new Unopened(-601007, "cloudID and calling user does not match.");

    private final CloudIds cloudIds;
    private final InstantSource clock;

    SealedCloudIdOpener(CloudIds cloudIds, InstantSource clock) {
        this.cloudIds = requireNonNull(cloudIds, "cloudIds is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public Outcome open(String appId, Optional<String> openId, String cloudId) {
        return cloudIds.open(cloudId)
                .<Outcome>map(content -> open(appId, openId, content))
                .orElse(INVALID);
    }

    private Outcome open(String appId, Optional<String> openId, CloudIds.Content content) {
        if (!content.appId().equals(appId)
                || openId.filter(user -> !user.equals(content.openId())).isPresent()) {
            return ANOTHERS;
        }
        return clock.instant().isBefore(content.madeAt().plus(OpenData.LIFE))
                ? new Opened(content.data().toString())
                : EXPIRED;
    }
}
