package dev.berth.server;

import dev.berth.core.DirectorySource;
import dev.berth.core.SignIn;
import java.util.concurrent.CompletionStage;

/** Counts what became of sign-ins, by app. */
final class CountedSignIn implements SignIn {
    private final SignIn signIn;
    private final DirectorySource directory;
    private final Counters counters;

    CountedSignIn(SignIn signIn, DirectorySource directory, Counters counters) {
        this.signIn = signIn;
        this.directory = directory;
        this.counters = counters;
    }

    @Override
    public CompletionStage<Outcome> exchange(String appId, String code) {
        String app = directory.current().app(appId).isPresent() ? appId : CallMetrics.UNKNOWN;
        return signIn.exchange(appId, code)
                .whenComplete(
                        (outcome, failure) -> counters.increment(app, failure == null ? name(outcome) : "failed"));
    }

    private static String name(Outcome outcome) {
        return switch (outcome) {
            case SignedIn in -> "signed_in";
            case Refused refused -> "refused";
            case Unavailable unavailable -> "unavailable";
        };
    }
}
