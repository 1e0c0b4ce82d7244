package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.berth.core.AdminActions;
import dev.berth.core.FunctionId;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Which invocation asks (AD-18): the one whose token the request holds, or with none the one whose AK/SK pair signed it.
 * From version 2 of the SDK on, the signature must be right; version 1 signs otherwise and less, and there the token
 * alone counts (AD-21). Thread-safe.
 */
final class Recognition {
    private static final String ENDED =
            "the invocation that asks has ended: await every call before the function returns. Nothing was done";
    private static final String UNSIGNED =
            "the request is not signed as wx-server-sdk signs (expected: Authorization: TC3-HMAC-SHA256 …)";
    private static final String FORGED =
            "the signature does not belong to the credentials in the invocation's environment: leave secretId and secretKey out of init()";
    private static final String FOREIGN =
            "the credentials are not those of the invocation, nor of an environment that is shared with its app: leave secretId and secretKey out of init()";

    private final LiveInvocations live;
    private final CrossAccount crossAccount;

    Recognition(LiveInvocations live, CrossAccount crossAccount) {
        this.live = requireNonNull(live, "live is null");
        this.crossAccount = requireNonNull(crossAccount, "crossAccount is null");
    }

    sealed interface Who {}

    /**
     * @param withToken whether the request itself held the token
     * @param sharedEnvironment the environment of another app for which it was signed (AD-49)
     */
    record Known(LiveInvocation invocation, boolean withToken, Optional<String> sharedEnvironment) implements Who {}

    record Unknown(String reason) implements Who {}

    Who recognise(AdminActions.Request request, AdminFields fields) {
        Optional<AdminSignature> signature = AdminSignature.of(request);
        Optional<BodySignature> ofVersion1 = signature.isPresent() ? Optional.empty() : BodySignature.of(fields);
        Optional<String> secretId =
                signature.map(AdminSignature::secretId).or(() -> ofVersion1.map(BodySignature::secretId));
        if (secretId.isEmpty()) {
            return new Unknown(UNSIGNED);
        }
        String token = fields.text("wxCloudApiToken");
        Optional<LiveInvocation> asks = token.isEmpty() ? secretId.flatMap(live::bySecretId) : live.byToken(token);
        if (asks.isEmpty()) {
            return new Unknown(ENDED);
        }
        LiveInvocation invocation = asks.get();
        if (signature.isPresent()) {
            return bySignature(invocation, signature.get(), request, fields);
        }
        boolean proven = !token.isEmpty()
                || ofVersion1
                        .filter(signed -> signed.isBy(invocation.secretKey(), request, fields))
                        .isPresent();
        return proven ? new Known(invocation, !token.isEmpty(), Optional.empty()) : new Unknown(FORGED);
    }

    private Who bySignature(
            LiveInvocation invocation, AdminSignature signature, AdminActions.Request request, AdminFields fields) {
        boolean withToken = !fields.text("wxCloudApiToken").isEmpty();
        if (signature.secretId().equals(invocation.secretId())) {
            return signature.isBy(invocation.secretKey(), request, fields)
                    ? new Known(invocation, withToken, Optional.empty())
                    : new Unknown(FORGED);
        }
        FunctionId function = invocation.version().function();
        String environment = fields.text("envName");
        CrossAccount.Credentials shared = crossAccount.credentials(function, environment);
        return signature.secretId().equals(shared.secretId())
                        && crossAccount.isGranted(function, environment)
                        && isSame(shared.token(), fields.text("sessionToken"))
                        && signature.isBy(shared.secretKey(), request, fields)
                ? new Known(invocation, withToken, Optional.of(environment))
                : new Unknown(FOREIGN);
    }

    private static boolean isSame(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8));
    }
}
