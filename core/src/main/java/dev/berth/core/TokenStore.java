package dev.berth.core;

import java.time.Instant;
import java.util.Optional;

/** Port: access tokens at rest, encrypted, shared by all nodes of a platform. Methods block. */
public interface TokenStore {
    /** The latest one put, expired or not; empty after the app's secret was changed. */
    Optional<AccessToken> find(String appId);

    /**
     * Claims the renewal of an app's token for one node.
     *
     * @param owner of the claim; who has it already gets it again
     * @param until the claim lapses then by itself
     * @return whether it was had; false while another's claim lasts
     */
    boolean claimRenewal(String appId, String owner, Instant now, Instant until);

    /** Keeps the token and ends the claim of {@code owner}; of an app that is gone nothing is kept. */
    void put(String appId, String owner, AccessToken token);

    /** Ends the claim of {@code owner} without a token. */
    void releaseRenewal(String appId, String owner);
}
