package dev.berth.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.VersionId;
import java.util.Locale;

/**
 * What is encrypted of a version: variables and command lines hold passwords, and a digest of them would let one guess.
 */
enum SealedColumn {
    DIGEST,
    LAUNCH,
    SETTINGS;

    String seal(Vault vault, VersionId id, String plain) {
        return vault.seal(place(id), plain.getBytes(UTF_8));
    }

    String open(Vault vault, VersionId id, String sealed) {
        return new String(vault.open(place(id), sealed), UTF_8);
    }

    private Vault.Place place(VersionId id) {
        return new Vault.Place("version", toString(), id.toString());
    }

    /** As schema 1 called it. */
    String plain() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "sealed_" + plain();
    }
}
