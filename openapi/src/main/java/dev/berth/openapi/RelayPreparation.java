package dev.berth.openapi;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What is read, made or tried out before a door of the relay opens.
 *
 * @param whyNoPort why port 80 cannot be had on this machine; empty if it can
 */
record RelayPreparation(
        RelayCertificate certificate, ServerSSLOptions tls, Optional<TrustFiles> trust, Optional<String> whyNoPort) {

    static Future<RelayPreparation> of(Vertx vertx, RelayOptions options, OwnDoors.Ports ports, InstantSource clock) {
        Future<Optional<String>> probing = whyNoPort(vertx, ports.http());
        Promise<RelayPreparation> read = Promise.promise();
        Thread.ofVirtual().name("relay").start(() -> {
            try {
                read.complete(read(options, clock));
            } catch (IOException | GeneralSecurityException | RuntimeException e) {
                read.fail(e);
            }
        });
        return read.future()
                .compose(found ->
                        probing.map(why -> new RelayPreparation(found.certificate(), found.tls(), found.trust(), why)));
    }

    private static RelayPreparation read(RelayOptions options, InstantSource clock)
            throws IOException, GeneralSecurityException {
        RelayCertificate certificate = RelayCertificate.open(options.folder(), clock);
        Optional<TrustFiles> trust = options.trustCa()
                ? Optional.of(TrustFiles.write(options.folder(), certificate.file(), certificate.certificate()))
                : Optional.empty();
        return new RelayPreparation(
                certificate, new ServerSSLOptions().setKeyCertOptions(certificate.options()), trust, Optional.empty());
    }

    private static Future<Optional<String>> whyNoPort(Vertx vertx, int port) {
        return vertx.createNetServer()
                .connectHandler(socket -> socket.close())
                .listen(port, LoopbackAddresses.PROBE)
                .compose(server -> server.close().map(Optional.<String>empty()))
                .recover(failure -> Future.succeededFuture(
                        Optional.of("port %d cannot be had (%s)".formatted(port, failure.getMessage()))));
    }

    RelayWay way(RelayOptions options) {
        Optional<String> why = !options.ownAddresses()
                ? Optional.of("it is switched off")
                : !options.privateFiles().possible()
                        ? Optional.of(options.privateFiles().reason())
                        : whyNoPort;
        return new RelayWay(
                why.isEmpty(),
                why.map(reason -> "only for HTTP clients that obey http_proxy: " + reason)
                        .orElse("for every HTTP client: %s has an address inside each instance"
                                .formatted(RelayTarget.WECHAT)),
                certificate.file());
    }
}
