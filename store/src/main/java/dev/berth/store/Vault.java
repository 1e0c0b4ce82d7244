package dev.berth.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Values at rest: AES-256-GCM (NIST SP 800-38D) with a random nonce of 12 bytes in front, in Base64. The place of a value
 * is authenticated with it, so that a value copied to another row is refused.
 */
final class Vault {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    Vault(MasterKey master) {
        this.key = master.key();
    }

    /** Where a value lies; {@code table} and {@code column} are constants of this package without NUL. */
    record Place(String table, String column, String row) {
        byte[] bytes() {
            return (table + '\0' + column + '\0' + row).getBytes(UTF_8);
        }

        @Override
        public String toString() {
            return "%s.%s of %s".formatted(table, column, row);
        }
    }

    String seal(Place place, byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, place);
            byte[] sealed = new byte[NONCE_BYTES + cipher.getOutputSize(plain.length)];
            System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
            return Base64.getEncoder().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not available", e);
        }
    }

    /** @throws BerthException {@code SECRET_DAMAGED} */
    byte[] open(Place place, String sealed) {
        return tryOpen(place, sealed)
                .orElseThrow(() -> new BerthException(new Problem(
                        "SECRET_DAMAGED",
                        "store",
                        "The encrypted value %s is damaged or was moved there from elsewhere.".formatted(place),
                        "Set the secret anew, or restore the database from a backup.")));
    }

    Optional<byte[]> tryOpen(Place place, String sealed) {
        try {
            byte[] bytes = Base64.getDecoder().decode(sealed);
            if (bytes.length < NONCE_BYTES + TAG_BITS / 8) {
                return Optional.empty();
            }
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, bytes, place);
            return Optional.of(cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES));
        } catch (IllegalArgumentException | AEADBadTagException altered) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not available", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonceFirst, Place place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonceFirst, 0, NONCE_BYTES));
        cipher.updateAAD(place.bytes());
        return cipher;
    }
}
