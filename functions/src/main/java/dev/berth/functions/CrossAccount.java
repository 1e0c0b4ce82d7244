package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.berth.core.Directory;
import dev.berth.core.DirectorySource;
import dev.berth.core.FunctionId;
import dev.berth.core.SecretText;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Calls of functions into an environment of another app that shares it (AD-49). The SDK asks for credentials once and keeps
 * them longer than an invocation lives. So they are of a function and an environment, count only beside the token of a live
 * invocation of that function, and only as long as the grant holds. They are derived, not stored. Thread-safe.
 */
final class CrossAccount {
    private final byte[] key = new byte[32];
    private final DirectorySource directory;

    CrossAccount(DirectorySource directory) {
        this.directory = requireNonNull(directory, "directory is null");
        new SecureRandom().nextBytes(key);
    }

    /** Secrets. */
    record Credentials(String secretId, String secretKey, String token) {
        @Override
        public String toString() {
            return "Credentials[" + secretId + "]";
        }
    }

    /** Whether the app that owns the function's environment owns that one too. */
    boolean isOfSameApp(FunctionId function, String environmentId) {
        Optional<String> app = owner(function.environmentId());
        return app.isPresent() && app.equals(owner(environmentId));
    }

    /** Whether it owns that one, or was granted it. */
    boolean isGranted(FunctionId function, String environmentId) {
        Set<String> grants = directory
                .current()
                .environment(environmentId)
                .map(Directory.EnvironmentEntry::grants)
                .orElse(Set.of());
        return isOfSameApp(function, environmentId)
                || owner(function.environmentId()).filter(grants::contains).isPresent();
    }

    private Optional<String> owner(String environmentId) {
        return directory
                .current()
                .environment(environmentId)
                .map(entry -> entry.environment().appId());
    }

    Credentials credentials(FunctionId function, String environmentId) {
        String scope = function + " " + environmentId;
        return new Credentials("AKID" + derived("id " + scope), derived("key " + scope), derived("token " + scope));
    }

    private String derived(String of) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return SecretText.of(mac.doFinal(of.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
