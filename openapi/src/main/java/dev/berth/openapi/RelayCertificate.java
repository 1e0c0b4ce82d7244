package dev.berth.openapi;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * With what the relay is {@code https://api.weixin.qq.com} to instances: a certificate of its own, as on the platform
 * (OA-5), made at the first start and kept with its key in one folder. Blocks.
 */
final class RelayCertificate {
    private static final Duration RENEWED_BEFORE = Duration.ofDays(60);
    private static final System.Logger LOG = System.getLogger("dev.berth.openapi");

    private final Path folder;
    private final SelfSigned present;

    private RelayCertificate(Path folder, SelfSigned present) {
        this.folder = folder;
        this.present = present;
    }

    /**
     * Made anew if it is about to expire, or cannot be read.
     *
     * @throws BerthException {@code RELAY_UNUSABLE}
     */
    static RelayCertificate open(Path folder, InstantSource clock) {
        try {
            Files.createDirectories(folder);
            Instant now = clock.instant();
            Optional<SelfSigned> known = read(folder).filter(found -> isFresh(found, now));
            return new RelayCertificate(
                    folder, known.isPresent() ? known.get() : write(folder, SelfSigned.make(RelayTarget.WECHAT, now)));
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(folder, e);
        }
    }

    static BerthException unusable(Path folder, Exception cause) {
        return new BerthException(
                new Problem(
                        "RELAY_UNUSABLE",
                        "openapi",
                        "the folder for Berth's own certificate, %s, cannot be used: %s".formatted(folder, cause),
                        "Make it writable, or choose another data folder."),
                cause);
    }

    /** PEM. Who trusts it trusts the relay. */
    Path file() {
        return file(folder);
    }

    X509Certificate certificate() {
        return present.certificate();
    }

    PemKeyCertOptions options() throws GeneralSecurityException {
        return new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(Pem.write(present.certificate())))
                .addKeyValue(Buffer.buffer(Pem.write(present.key())));
    }

    private static boolean isFresh(SelfSigned found, Instant now) {
        return now.plus(RENEWED_BEFORE)
                .isBefore(found.certificate().getNotAfter().toInstant());
    }

    private static Optional<SelfSigned> read(Path folder) throws IOException {
        if (!Files.exists(file(folder)) || !Files.exists(keyFile(folder))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SelfSigned(
                    Pem.certificate(Files.readAllBytes(file(folder))), Pem.key(Files.readAllBytes(keyFile(folder)))));
        } catch (GeneralSecurityException e) {
            LOG.log(
                    Level.WARNING,
                    "{0} or its key cannot be read ({1}); it is made anew",
                    file(folder),
                    e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    /** The key first: a certificate without its key would be taken for whole. */
    private static SelfSigned write(Path folder, SelfSigned made) throws IOException, GeneralSecurityException {
        Files.deleteIfExists(file(folder));
        OwnFiles.write(keyFile(folder), Pem.write(made.key()), OwnFiles.SECRET);
        OwnFiles.write(file(folder), Pem.write(made.certificate()), OwnFiles.READABLE);
        return made;
    }

    static Path file(Path folder) {
        return folder.resolve("certificate.pem");
    }

    private static Path keyFile(Path folder) {
        return folder.resolve("certificate-key.pem");
    }
}
