package dev.berth.openapi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What the usual variables for trust point to: each replaces what a client trusts anyway, so each holds that too. Blocks.
 *
 * @param own Berth's own certificate alone
 * @param bundle PEM of all
 * @param javaStore a key store of all, without a password
 */
record TrustFiles(Path own, Path bundle, Path javaStore) {
    private static final List<Path> SYSTEM = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/ca-bundle.pem"),
            Path.of("/etc/ssl/cert.pem"));
    private static final String OWN = "berth";

    static TrustFiles write(Path folder, Path ownFile, X509Certificate own)
            throws IOException, GeneralSecurityException {
        KeyStore java = javaTrust();
        Optional<Path> system = SYSTEM.stream().filter(Files::isReadable).findFirst();
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        bundle.writeBytes(system.isPresent() ? Files.readAllBytes(system.get()) : pem(java));
        bundle.write('\n');
        bundle.writeBytes(Pem.write(own));
        java.setCertificateEntry(OWN, own);
        ByteArrayOutputStream store = new ByteArrayOutputStream();
        java.store(store, new char[0]);
        TrustFiles files = new TrustFiles(ownFile, folder.resolve("ca-bundle.pem"), folder.resolve("ca-bundle.jks"));
        OwnFiles.write(files.bundle(), bundle.toByteArray(), OwnFiles.READABLE);
        OwnFiles.write(files.javaStore(), store.toByteArray(), OwnFiles.READABLE);
        return files;
    }

    /** A JKS store: any Java reads its certificates without a password. */
    private static KeyStore javaTrust() throws IOException, GeneralSecurityException {
        KeyStore all = KeyStore.getInstance("JKS");
        all.load(null, null);
        Path present = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
        if (Files.isReadable(present)) {
            KeyStore known = KeyStore.getInstance(present.toFile(), (char[]) null);
            for (String alias : List.copyOf(Collections.list(known.aliases()))) {
                all.setCertificateEntry(alias, known.getCertificate(alias));
            }
        }
        return all;
    }

    private static byte[] pem(KeyStore store) throws GeneralSecurityException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String alias : Collections.list(store.aliases())) {
            Certificate certificate = store.getCertificate(alias);
            if (certificate instanceof X509Certificate known) {
                all.writeBytes(Pem.write(known));
            }
        }
        return all.toByteArray();
    }
}
