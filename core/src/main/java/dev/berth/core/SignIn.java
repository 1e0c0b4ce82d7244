package dev.berth.core;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Port: exchanges the code of {@code wx.login} with WeChat. Does not block. */
@FunctionalInterface
public interface SignIn {
    CompletionStage<Outcome> exchange(String appId, String code);

    sealed interface Outcome {}

    /** @param sessionKey secret; never leaves the server */
    record SignedIn(Caller caller, String sessionKey) implements Outcome {
        @Override
        public String toString() {
            return "SignedIn[caller=" + caller + "]";
        }
    }

    /** WeChat said no, in its own words, such as 40029 {@code invalid code}. */
    record Refused(int errcode, String errmsg) implements Outcome {}

    /** WeChat could not be asked, or answered nonsense. */
    record Unavailable(Problem problem, Optional<Throwable> cause) implements Outcome {}
}
