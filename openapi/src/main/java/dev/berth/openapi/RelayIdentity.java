package dev.berth.openapi;

import dev.berth.core.CloudCall;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.DirectorySource;
import java.time.InstantSource;
import java.util.Set;

/** In whose name a request asks, as far as it may choose (OA-7, OA-12, OA-27). Whether it may, the pipeline decides. */
final class RelayIdentity {
    private final DirectorySource directory;
    private final SignedCloudbaseTokens tokens;
    private final InstantSource clock;

    RelayIdentity(DirectorySource directory, SignedCloudbaseTokens tokens, InstantSource clock) {
        this.directory = directory;
        this.tokens = tokens;
        this.clock = clock;
    }

    sealed interface Choice {}

    /** @param fromApp empty for the owner of the environment */
    record App(String fromApp) implements Choice {}

    /** OA-19. */
    record Expired(Denial denial) implements Choice {}

    Choice choose(String environmentId, RelayQuery query) {
        if (!query.fromApps().isEmpty()) {
            return new App(only(query.fromApps()));
        }
        boolean usable = directory
                .current()
                .environment(environmentId)
                .map(EnvironmentEntry::cloudCall)
                .map(CloudCall::tokens)
                .orElse(false);
        if (usable) {
            for (String token : query.cloudbaseTokens()) {
                switch (tokens.verify(token)) {
                    case SignedCloudbaseTokens.Valid valid
                    when valid.environmentId().equals(environmentId) -> {
                        return new App(valid.appId());
                    }
                    case SignedCloudbaseTokens.Lapsed lapsed
                    when lapsed.environmentId().equals(environmentId) -> {
                        return new Expired(expired());
                    }
                    default -> {}
                }
            }
        }
        return new App("");
    }

    /** Several different ones name no app at all, and are refused as such (OA-20). */
    private static String only(Set<String> apps) {
        return String.join(",", apps);
    }

    private Denial expired() {
        return Denial.expired(
                Rid.next(clock),
                "the cloudbase_access_token of the request has expired; read it anew from the request header or the token file");
    }
}
