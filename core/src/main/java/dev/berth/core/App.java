package dev.berth.core;

import static java.util.Objects.requireNonNull;

/**
 * A mini program or official account. Its secret is not part of it; only {@link AppSecrets} hands that out.
 *
 * @param id the AppID, such as {@code wx1111111111111111}
 */
public record App(String id, AppKind kind) {
    public App {
        Names.requireAppId(id);
        requireNonNull(kind, "kind is null");
    }
}
