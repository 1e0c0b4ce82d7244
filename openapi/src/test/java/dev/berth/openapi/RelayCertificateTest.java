package dev.berth.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.BerthException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("OA-5")
class RelayCertificateTest {
    @TempDir
    Path folder;

    private volatile Instant now = Instant.parse("2026-11-21T00:00:00Z");

    private RelayCertificate open() {
        return RelayCertificate.open(folder, () -> now);
    }

    @Test
    void isMadeOnceAndItsKeyKeptForItsOwner() throws Exception {
        RelayCertificate first = open();

        assertThat(open().certificate()).isEqualTo(first.certificate());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("certificate-key.pem"))))
                .isEqualTo("rw-------");
        assertThat(Files.readString(first.file())).startsWith("-----BEGIN CERTIFICATE-----\n");
    }

    @Test
    void isMadeAnewBeforeItExpires() {
        X509Certificate first = open().certificate();
        now = now.plus(SelfSigned.VALID).minus(Duration.ofDays(61));
        assertThat(open().certificate()).isEqualTo(first);

        now = now.plus(Duration.ofDays(2));
        assertThat(open().certificate().getNotAfter()).isAfter(first.getNotAfter());
    }

    @Test
    void isMadeAnewIfItCannotBeRead() throws Exception {
        X509Certificate first = open().certificate();
        Files.writeString(folder.resolve("certificate-key.pem"), "-----BEGIN PRIVATE KEY-----\nrubbish\n");

        X509Certificate second = open().certificate();
        assertThat(second).isNotEqualTo(first);
        second.verify(second.getPublicKey());
    }

    @Test
    void vouchesForOneHostAndForNoOtherCertificate() throws Exception {
        X509Certificate certificate = open().certificate();

        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1"); // server authentication
        assertThat(certificate.getSubjectAlternativeNames()).containsExactly(List.of(2, "api.weixin.qq.com"));
    }

    @Test
    void standsBesideWhatIsTrustedAnyway() throws Exception {
        RelayCertificate own = open();
        TrustFiles files = TrustFiles.write(folder, own.file(), own.certificate());

        KeyStore java = KeyStore.getInstance(files.javaStore().toFile(), (char[]) null);
        assertThat(java.getCertificateAlias(own.certificate())).isNotNull();
        assertThat(java.size()).isGreaterThan(50);
        try (var bundle = Files.newInputStream(files.bundle())) {
            assertThat(List.<Object>copyOf(
                            CertificateFactory.getInstance("X.509").generateCertificates(bundle)))
                    .contains(own.certificate())
                    .hasSizeGreaterThan(50);
        }
    }

    @Test
    void saysWhyItCannotBeKept() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> RelayCertificate.open(file.resolve("relay"), () -> now))
                .isInstanceOfSatisfying(
                        BerthException.class,
                        refused -> assertThat(refused.problem().message()).contains(file.toString()));
    }
}
