package dev.berth.openapi;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** RFC 7468. */
final class Pem {
    private static final String KEY = "PRIVATE KEY";

    private Pem() {}

    static byte[] write(X509Certificate certificate) throws GeneralSecurityException {
        return write("CERTIFICATE", certificate.getEncoded());
    }

    static byte[] write(PrivateKey key) {
        return write(KEY, key.getEncoded());
    }

    static X509Certificate certificate(byte[] pem) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
    }

    static PrivateKey key(byte[] pem) throws GeneralSecurityException {
        String body = new String(pem, US_ASCII)
                .replace("-----BEGIN " + KEY + "-----", "")
                .replace("-----END " + KEY + "-----", "");
        try {
            return KeyFactory.getInstance("EC")
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("no PEM of a private key", e);
        }
    }

    private static byte[] write(String label, byte[] content) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, body, label)
                .getBytes(US_ASCII);
    }
}
