package dev.berth.openapi;

import dev.berth.core.AccessToken;
import dev.berth.core.AppSecrets;
import dev.berth.core.TokenStore;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * How one node comes to a token: from the store, where another node may have put it, else from WeChat, after having claimed
 * the renewal. Blocks; for one app at most one at a time.
 */
final class TokenRenewal {
    /** Longer than asking WeChat may take. */
    private static final Duration CLAIM = Duration.ofSeconds(15);

    private static final Duration WAIT_FOR_OTHERS = Duration.ofSeconds(20);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final Duration REFUSAL_LASTS = Duration.ofSeconds(60);

    /** -1: the system is busy. */
    private static final int BUSY = -1;

    private static final Set<Integer> WRONG_SECRET = Set.of(40001, 40125);
    private static final int UNKNOWN_APP = 40013;

    /** The address of the server is not in the list that the app's owner keeps at WeChat. */
    private static final Set<Integer> ADDRESS_NOT_LISTED = Set.of(40164, 61004);

    /** What the renewal is to come to. */
    sealed interface Result {}

    record Renewed(HeldToken token) implements Result {}

    record Kept(TokenOutcome outcome) implements Result {}

    record Failed(Setback setback) implements Result {}

    /** What a renewal works with. */
    record Means(
            String node,
            URI baseUrl,
            AppSecrets secrets,
            TokenStore store,
            TokenRequest requests,
            InstantSource clock,
            LongSupplier nanos) {}

    private final Means means;
    private final String appId;
    private final SharedToken shared;

    TokenRenewal(Means means, String appId) {
        this.means = means;
        this.appId = appId;
        this.shared = new SharedToken(means.store(), appId, means.node());
    }

    /**
     * @param wanted what a token in the store must be
     * @param mayAsk whether WeChat may be asked
     * @param force asks WeChat for another token than its present one
     * @param before the last failure
     */
    Result run(Predicate<HeldToken> wanted, boolean mayAsk, boolean force, Optional<Setback> before)
            throws InterruptedException {
        Optional<String> secret = means.secrets().secretOf(appId);
        if (secret.isEmpty()) {
            return new Kept(
                    new TokenOutcome.NoSecret("the secret of %s is missing; %s".formatted(appId, addSecret(appId))));
        }
        Optional<Setback> same = before.filter(failure ->
                failure.isSecretsFault() && failure.lasts(means.nanos().getAsLong()) && failure.isOf(secret.get()));
        if (same.isPresent()) {
            return new Failed(same.get());
        }
        long giveUp = means.nanos().getAsLong() + WAIT_FOR_OTHERS.toNanos();
        while (means.nanos().getAsLong() - giveUp < 0) {
            Optional<HeldToken> found = look(wanted);
            if (found.isPresent()) {
                return new Renewed(found.get());
            }
            if (!mayAsk) {
                return new Kept(new TokenOutcome.Unchanged("renewed a moment ago; not again yet"));
            }
            if (shared.claim(means.clock().instant(), CLAIM)) {
                return look(wanted)
                        .<Result>map(this::takeFromOther)
                        .orElseGet(() -> ask(
                                secret.get(), force, before.map(Setback::streak).orElse(0)));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis()); // nothing tells of what another node has done
        }
        return new Kept(new TokenOutcome.NotReady(
                "another node of this platform has been renewing the token of %s for too long".formatted(appId)));
    }

    private Result takeFromOther(HeldToken found) {
        shared.release();
        return new Renewed(found);
    }

    private Result ask(String secret, boolean force, int streak) {
        Instant at = means.clock().instant();
        TokenRequest.Reply reply = means.requests()
                .send(appId, secret, force)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return switch (reply) {
            case TokenRequest.Issued issued -> {
                shared.put(new AccessToken(issued.value(), at, at.plusSeconds(issued.seconds())));
                yield new Renewed(HeldToken.of(
                        issued.value(),
                        Duration.ofSeconds(issued.seconds()),
                        means.nanos().getAsLong()));
            }
            case TokenRequest.Refused refused -> {
                shared.release();
                yield new Failed(setback(refused, secret, streak));
            }
            case TokenRequest.Failed failed -> {
                shared.release();
                yield new Failed(retrySoon(
                        "no token for %s: WeChat at %s %s".formatted(appId, means.baseUrl(), failed.what()),
                        secret,
                        streak));
            }
        };
    }

    private Setback setback(TokenRequest.Refused refused, String secret, int streak) {
        String said = "WeChat refused a token for %s: %d %s"
                .formatted(appId, refused.errcode(), refused.errmsg())
                .replace(secret, "***");
        if (refused.errcode() == BUSY) {
            return retrySoon(said, secret, streak);
        }
        if (WRONG_SECRET.contains(refused.errcode()) || refused.errcode() == UNKNOWN_APP) {
            return setback(
                    new TokenOutcome.NoSecret(said + "; put it right: " + addSecretCommand(appId)),
                    secret,
                    REFUSAL_LASTS,
                    true,
                    0);
        }
        String hint = ADDRESS_NOT_LISTED.contains(refused.errcode())
                ? "; add this server's address to the IP list of the app at mp.weixin.qq.com"
                : "; asked again in %d s".formatted(REFUSAL_LASTS.toSeconds());
        return setback(new TokenOutcome.NotReady(said + hint), secret, REFUSAL_LASTS, false, 0);
    }

    private Setback retrySoon(String reason, String secret, int streak) {
        return setback(new TokenOutcome.NotReady(reason), secret, Setback.pause(streak), false, streak + 1);
    }

    private Setback setback(TokenOutcome outcome, String secret, Duration lasts, boolean isSecretsFault, int streak) {
        return new Setback(
                outcome, Setback.digest(secret), means.nanos().getAsLong() + lasts.toNanos(), isSecretsFault, streak);
    }

    /** What to do. */
    static String addSecret(String appId) {
        return "add it: " + addSecretCommand(appId);
    }

    /** It reads the secret from standard input. */
    private static String addSecretCommand(String appId) {
        return "berth apps add %s < secret.txt".formatted(appId);
    }

    private Optional<HeldToken> look(Predicate<HeldToken> wanted) {
        return shared.look()
                .map(token -> HeldToken.of(
                        token, means.clock().instant(), means.nanos().getAsLong()))
                .filter(wanted);
    }
}
