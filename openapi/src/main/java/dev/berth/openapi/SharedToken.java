package dev.berth.openapi;

import dev.berth.core.AccessToken;
import dev.berth.core.TokenStore;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the nodes of a platform know of an app's token. It is a help: where the store fails, a node goes on alone. Blocks. */
final class SharedToken {
    private static final System.Logger LOG = System.getLogger("dev.berth.openapi");

    private final TokenStore store;
    private final String appId;
    private final String node;

    SharedToken(TokenStore store, String appId, String node) {
        this.store = store;
        this.appId = appId;
        this.node = node;
    }

    Optional<AccessToken> look() {
        try {
            return store.find(appId);
        } catch (RuntimeException e) {
            complain("look for", e);
            return Optional.empty();
        }
    }

    boolean claim(Instant now, Duration lease) {
        try {
            return store.claimRenewal(appId, node, now, now.plus(lease));
        } catch (RuntimeException e) {
            complain("claim the renewal of", e);
            return true;
        }
    }

    void put(AccessToken token) {
        try {
            store.put(appId, node, token);
        } catch (RuntimeException e) {
            complain("keep", e);
        }
    }

    void release() {
        try {
            store.releaseRenewal(appId, node);
        } catch (RuntimeException e) {
            complain("give back the renewal of", e);
        }
    }

    private void complain(String what, RuntimeException failure) {
        LOG.log(
                Level.WARNING,
                "could not {0} the token of {1} in the store ({2}); going on without",
                what,
                appId,
                failure.getClass().getSimpleName());
    }
}
