package dev.berth.simulator;

import io.vertx.core.Future;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The exchange of a sign-in code for an openid and a session key (WeChat: code2Session). */
final class SignIn {
    private static final Logger LOG = System.getLogger("dev.berth.simulator");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SESSION_KEY_BYTES = 16;

    /** Every value as it came, empty when it is missing. */
    record Request(String appid, String secret, String code, String grantType) {}

    sealed interface Outcome {}

    record Session(String openid, String sessionKey, Optional<String> unionid) implements Outcome {}

    record Denied(WeChatError error) implements Outcome {}

    private final Database database;
    private final SimulatorOptions options;

    SignIn(Database database, SimulatorOptions options) {
        this.database = database;
        this.options = options;
    }

    Future<Outcome> exchange(Request request) {
        Optional<WeChatError> flaw = flaw(request);
        return flaw.isPresent()
                ? Future.succeededFuture(new Denied(flaw.get()))
                : database.inTransaction(handle -> exchange(handle, request));
    }

    private static Optional<WeChatError> flaw(Request request) {
        if (request.appid().isEmpty()) {
            return Optional.of(WeChatError.APPID_MISSING);
        }
        if (request.secret().isEmpty()) {
            return Optional.of(WeChatError.APPSECRET_MISSING);
        }
        if (request.code().isEmpty()) {
            return Optional.of(WeChatError.MISSING_CODE);
        }
        if (!request.grantType().equals("authorization_code")) {
            return Optional.of(WeChatError.INVALID_GRANT_TYPE);
        }
        return Optional.empty();
    }

    private Outcome exchange(Handle handle, Request request) {
        Optional<App> app = Apps.find(handle, request.appid());
        if (app.isEmpty()) {
            return new Denied(WeChatError.INVALID_APPID);
        }
        if (!same(app.get().secret(), request.secret())) {
            return new Denied(WeChatError.INVALID_APPSECRET);
        }
        return isForeign(request.code())
                ? foreignCode(handle, app.get(), request.code())
                : ownCode(handle, app.get(), request.code());
    }

    private Outcome ownCode(Handle handle, App app, String code) {
        return switch (Codes.redeem(handle, code, app.appid(), now())) {
            case Codes.Accepted accepted -> session(app, accepted.user());
            case Codes.Used() -> new Denied(WeChatError.CODE_BEEN_USED);
            case Codes.Invalid() -> new Denied(WeChatError.INVALID_CODE);
        };
    }

    private boolean isForeign(String code) {
        return options.acceptUnknownCodes() && !Codes.madeHere(code);
    }

    private Outcome foreignCode(Handle handle, App app, String code) {
        Optional<User> user = Users.find(handle, options.defaultUser());
        if (user.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "A code that the simulator did not make was refused: the default user \"{0}\" does not exist. Add it with POST /__sim__/users.",
                    options.defaultUser());
            return new Denied(WeChatError.INVALID_CODE);
        }
        if (!Codes.adopt(handle, code, app.appid(), user.get(), now())) {
            return new Denied(WeChatError.CODE_BEEN_USED);
        }
        LOG.log(
                Level.WARNING,
                "A code that the simulator did not make signed in \"{0}\" to {1}, for acceptUnknownCodes is on.",
                options.defaultUser(),
                app.appid());
        return session(app, user.get().name());
    }

    private static Session session(App app, String user) {
        Optional<String> unionid = app.unionid() ? Optional.of(Identity.unionid(user)) : Optional.empty();
        return new Session(Identity.openid(app.appid(), user), newSessionKey(), unionid);
    }

    private static String newSessionKey() {
        byte[] key = new byte[SESSION_KEY_BYTES];
        RANDOM.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private Instant now() {
        return options.clock().instant();
    }
}
