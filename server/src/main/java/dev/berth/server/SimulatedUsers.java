package dev.berth.server;

import dev.berth.core.BerthException;
import dev.berth.core.Caller;
import dev.berth.core.Problem;
import dev.berth.core.SignIn;
import java.io.IOException;
import java.util.Optional;

/** The people of the simulated WeChat, signed in the way of a mini program: a code from WeChat, exchanged. Blocks. */
record SimulatedUsers(Optional<SimulatedWeChat> simulator, SignIn signIn) {
    /** @throws BerthException {@code SIMULATOR_OFF}, {@code SIGN_IN_REFUSED}, or why WeChat did not answer */
    SignIn.SignedIn signIn(Optional<String> app, Optional<String> user) throws IOException, InterruptedException {
        String wanted = app.orElse(Defaults.APP);
        String code = weChat().code(wanted, user.orElse(Defaults.USER));
        SignIn.Outcome outcome =
                signIn.exchange(wanted, code).toCompletableFuture().join();
        return switch (outcome) {
            case SignIn.SignedIn in -> in;
            case SignIn.Refused refused ->
                throw new BerthException(new Problem(
                        "SIGN_IN_REFUSED",
                        "openapi",
                        refused.errcode() + " " + refused.errmsg(),
                        "Is the app known here? See: berth apps"));
            case SignIn.Unavailable unavailable -> throw new BerthException(unavailable.problem());
        };
    }

    /** Nobody, unless a user or an app is named. */
    Optional<Caller> caller(Optional<String> user, Optional<String> app) throws IOException, InterruptedException {
        return user.isEmpty() && app.isEmpty()
                ? Optional.empty()
                : Optional.of(signIn(app, user).caller());
    }

    SimulatedWeChat weChat() {
        return simulator.orElseThrow(SimulatorRoutes::off);
    }
}
