package dev.berth.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.SecretText;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What instances prove themselves with to a door that all share: {@code Proxy-Authorization: Basic}, RFC 7617. Thread-safe. */
final class InstanceCredentials implements Identification {
    private static final String BASIC = "Basic ";
    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Holder> holders = new ConcurrentHashMap<>();

    private record Holder(Admitted instance, String credential) {
        boolean proves(String given) {
            return MessageDigest.isEqual(credential.getBytes(UTF_8), given.getBytes(UTF_8));
        }

        /** No credential. */
        @Override
        public String toString() {
            return "Holder[" + instance + "]";
        }
    }

    /** @return the credential, of 256 bits; void when the admission ends */
    String give(Admitted instance) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String credential = SecretText.of(bytes);
        String name = instance.id();
        holders.put(name, new Holder(instance, credential));
        instance.tie(() -> holders.remove(name));
        return credential;
    }

    @Override
    public Optional<Admitted> of(HttpServerRequest request) {
        String header = request.getHeader(HttpHeaders.PROXY_AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Optional.empty();
        }
        String pair;
        try {
            pair = new String(
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip()), UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        int colon = pair.indexOf(':');
        Holder holder = colon < 0 ? null : holders.get(pair.substring(0, colon));
        return holder != null && holder.proves(pair.substring(colon + 1))
                ? Optional.of(holder.instance())
                : Optional.empty();
    }
}
