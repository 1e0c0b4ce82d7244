package dev.berth.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsAtRestTest {
    private static final String SESSION_KEY = "session-key-in-plain-text";

    @TempDir
    Path folder;

    @Test
    void noFileHoldsASecretInPlainText() throws Exception {
        byte[] signing;
        try (Store store = Samples.open(folder)) {
            signing = fillWithSecrets(store);
            assertThat(filesIn(folder))
                    .extracting(file -> file.getFileName().toString())
                    .contains("berth.db-wal");
            requireNoSecretIn(folder, signing);
        }
        requireNoSecretIn(folder, signing);
    }

    @Test
    void onlyTheOwnerMayReadAnyFile() throws Exception {
        try (Store store = Samples.open(folder)) {
            fillWithSecrets(store);
            for (Path file : filesIn(folder)) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void signingKeyIsRandomAndLasting() {
        byte[] first;
        try (Store store = Samples.open(folder)) {
            first = store.signingKey("sessions");
            assertThat(first).hasSize(32);
            assertThat(store.signingKey("sessions")).isEqualTo(first);
            assertThat(store.signingKey("relay")).isNotEqualTo(first);
        }
        try (Store store = Samples.open(folder)) {
            assertThat(store.signingKey("sessions")).isEqualTo(first);
        }
    }

    @Test
    void valueMovedToAnotherRowIsRefused() throws Exception {
        try (Store store = Samples.open(folder)) {
            Samples.fill(store);
        }
        RawSql.execute(
                folder,
                "UPDATE app SET sealed_secret = (SELECT sealed_secret FROM app WHERE id = '%s') WHERE id = '%s'"
                        .formatted(Samples.OWNER.id(), Samples.GUEST.id()));
        try (Store store = Samples.open(folder)) {
            assertThat(store.appSecrets().secretOf(Samples.OWNER.id())).contains(Samples.OWNER_SECRET);
            assertThat(Refused.with("SECRET_DAMAGED", () -> store.appSecrets().secretOf(Samples.GUEST.id()))
                            .message())
                    .contains(Samples.GUEST.id());
        }
    }

    @Test
    void valueMovedToAnotherTableOrAlteredIsRefused() {
        Vault vault = new Vault(MasterKey.loadOrCreate(folder.resolve("key")));
        Vault.Place place = new Vault.Place("app", "sealed_secret", "a");
        String value = vault.seal(place, SESSION_KEY.getBytes(UTF_8));
        byte[] altered = Base64.getDecoder().decode(value);
        altered[20] ^= 1;

        assertThat(vault.open(place, value)).asString(UTF_8).isEqualTo(SESSION_KEY);
        assertThat(vault.seal(place, SESSION_KEY.getBytes(UTF_8))).isNotEqualTo(value);
        Refused.with("SECRET_DAMAGED", () -> vault.open(new Vault.Place("session", "sealed_secret", "a"), value));
        Refused.with("SECRET_DAMAGED", () -> vault.open(new Vault.Place("app", "sealed", "a"), value));
        Refused.with(
                "SECRET_DAMAGED", () -> vault.open(place, Base64.getEncoder().encodeToString(altered)));
        Refused.with("SECRET_DAMAGED", () -> vault.open(place, "c2hvcnQ="));
        Refused.with("SECRET_DAMAGED", () -> vault.open(place, "not base64!"));
    }

    @Test
    void sessionKeyCanBeOpenedAgain() {
        try (Store store = Samples.open(folder)) {
            store.sessions()
                    .add(Samples.session("a"), SESSION_KEY)
                    .toCompletableFuture()
                    .join();
            String value = store.database()
                    .readers()
                    .call(handle -> handle.select("SELECT sealed_session_key FROM session")
                            .mapTo(String.class)
                            .one());
            Vault vault = new Vault(MasterKey.loadOrCreate(folder.resolve("master.key")));
            assertThat(vault.open(SqlSessions.place("a"), value))
                    .asString(UTF_8)
                    .isEqualTo(SESSION_KEY);
        }
    }

    @Test
    void anotherMasterKeyIsRefusedAtOpening() throws Exception {
        Samples.open(folder).close();
        Path other = folder.resolve("other.key");
        var problem = Refused.with(
                "MASTER_KEY_WRONG",
                () -> Store.open(folder.resolve("berth.db"), MasterKey.loadOrCreate(other), Samples.CLOCK));
        assertThat(problem.message()).contains(other.toString()).contains("berth.db");

        Samples.open(folder).close();
    }

    private static byte[] fillWithSecrets(Store store) {
        Samples.fill(store);
        Samples.deploy(store);
        store.sessions()
                .add(Samples.session("a"), SESSION_KEY)
                .toCompletableFuture()
                .join();
        return store.signingKey("sessions");
    }

    private static void requireNoSecretIn(Path folder, byte[] signing) throws Exception {
        List<byte[]> secrets = List.of(
                Samples.OWNER_SECRET.getBytes(UTF_8),
                Samples.GUEST_SECRET.getBytes(UTF_8),
                SESSION_KEY.getBytes(UTF_8),
                Samples.PASSWORD.getBytes(UTF_8),
                Base64.getEncoder().encode(Samples.PASSWORD.getBytes(UTF_8)),
                "FROM_IMAGE".getBytes(UTF_8), // the launch
                "digest-1".getBytes(UTF_8),
                Base64.getEncoder().encode(SESSION_KEY.getBytes(UTF_8)),
                signing,
                Base64.getEncoder().encode(signing),
                HexFormat.of().formatHex(signing).getBytes(UTF_8));
        boolean anythingReadable = false;
        for (Path file : filesIn(folder)) {
            String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            anythingReadable |= content.contains(Samples.OWNER.id());
            for (byte[] secret : secrets) {
                assertThat(content.contains(new String(secret, StandardCharsets.ISO_8859_1)))
                        .as(file.toString())
                        .isFalse();
            }
        }
        assertThat(anythingReadable).as("the search finds what is there").isTrue();
    }

    private static List<Path> filesIn(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
