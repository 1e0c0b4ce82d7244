package dev.berth.openapi;

import dev.berth.core.AccessToken;
import dev.berth.core.TokenStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** As {@code SqlTokens} does it, in memory. */
final class MemoryTokens implements TokenStore {
    private record Claim(String owner, Instant until) {}

    private final Map<String, AccessToken> tokens = new HashMap<>();
    private final Map<String, Claim> claims = new HashMap<>();

    @Override
    public synchronized Optional<AccessToken> find(String appId) {
        return Optional.ofNullable(tokens.get(appId));
    }

    @Override
    public synchronized boolean claimRenewal(String appId, String owner, Instant now, Instant until) {
        Claim present = claims.get(appId);
        if (present != null && !present.owner().equals(owner) && present.until().isAfter(now)) {
            return false;
        }
        claims.put(appId, new Claim(owner, until));
        return true;
    }

    @Override
    public synchronized void put(String appId, String owner, AccessToken token) {
        tokens.put(appId, token);
        releaseRenewal(appId, owner);
    }

    @Override
    public synchronized void releaseRenewal(String appId, String owner) {
        claims.computeIfPresent(appId, (id, claim) -> claim.owner().equals(owner) ? null : claim);
    }
}
