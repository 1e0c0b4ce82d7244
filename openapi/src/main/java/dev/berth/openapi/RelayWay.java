package dev.berth.openapi;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the requests of instances reach the relay on this machine.
 *
 * @param byAddress whether {@code api.weixin.qq.com} has an address of its own inside every instance, so that any HTTP
 *     client works (OA-1); else only those that obey the usual variables for proxies
 * @param reason for people: why so
 * @param caFile with Berth's own certificate; who trusts it can use {@code https://} (OA-5)
 */
public record RelayWay(boolean byAddress, String reason, Path caFile) {
    /** @param whyNoPort why the port of the name cannot be had; empty if it can */
    static RelayWay of(RelayOptions options, Optional<String> whyNoPort) {
        Optional<String> why = !options.ownAddresses()
                ? Optional.of("own addresses are switched off")
                : !options.privateFiles().possible()
                        ? Optional.of(options.privateFiles().reason())
                        : whyNoPort;
        return new RelayWay(
                why.isEmpty(),
                why.map(reason -> "only for HTTP clients that obey http_proxy: " + reason)
                        .orElse("for every HTTP client: %s has an address inside each instance"
                                .formatted(RelayTarget.WECHAT)),
                RelayCertificate.file(options.folder()));
    }
}
