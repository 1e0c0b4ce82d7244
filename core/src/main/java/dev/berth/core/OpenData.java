package dev.berth.core;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * Port: makes a CloudID of the open data that WeChat gave to a page, so that a service can exchange it (OA-30, OA-31).
 * Computes only. Thread-safe.
 */
@FunctionalInterface
public interface OpenData {
    /** A CloudID is good for so long. OA-31 */
    Duration LIFE = Duration.ofMinutes(5);

    /**
     * @param user whom the CloudID is bound to, with his app
     * @param sessionKey WeChat's for this user, which the data was encrypted with
     */
    Outcome cloudId(Caller user, String sessionKey, Given given);

    /**
     * What WeChat gave to the page, unchanged.
     *
     * @param encryptedData in Base64
     * @param iv in Base64
     * @param signed what WeChat signed beside it; with some kinds of data only
     */
    record Given(String encryptedData, String iv, Optional<Signed> signed) {
        public Given {
            requireNonNull(encryptedData, "encryptedData is null");
            requireNonNull(iv, "iv is null");
            requireNonNull(signed, "signed is null");
        }
    }

    /** The part of the data that the page itself may read. It is a user's, and not in {@link #toString}. */
    record Signed(String rawData, String signature) {
        public Signed {
            requireNonNull(rawData, "rawData is null");
            requireNonNull(signature, "signature is null");
        }

        @Override
        public String toString() {
            return "Signed[signature=" + signature + "]";
        }
    }

    sealed interface Outcome {}

    record Made(String cloudId) implements Outcome {}

    /** The data is not what WeChat gave to this user of this app, or was encrypted with another session key. */
    record Refused(int errcode, String errmsg, String hint) implements Outcome {}
}
