package dev.berth.core;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** Port: opens CloudIDs that this platform made (AD-76, OA-30). Computes only. Thread-safe. */
@FunctionalInterface
public interface CloudIdOpener {
    /**
     * @param appId the app in whose name it is opened
     * @param openId the user on whose behalf; empty for anybody's
     */
    Outcome open(String appId, Optional<String> openId, String cloudId);

    sealed interface Outcome {}

    /** @param data JSON text of the open data; a user's */
    record Opened(String data) implements Outcome {
        public Opened {
            requireNonNull(data, "data is null");
        }

        @Override
        public String toString() {
            return "Opened";
        }
    }

    /** @param errcode -601005 invalid, -601006 expired, -601007 another user's or app's */
    record Unopened(int errcode, String errmsg) implements Outcome {
        public Unopened {
            requireNonNull(errmsg, "errmsg is null");
        }
    }
}
