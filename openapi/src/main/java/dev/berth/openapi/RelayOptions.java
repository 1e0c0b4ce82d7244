package dev.berth.openapi;

import static java.util.Objects.requireNonNull;

import dev.berth.core.InstanceRuntime;
import java.nio.file.Path;

/**
 * Settings of the relay.
 *
 * @param host an address of this machine that its instances reach, usually {@code 127.0.0.1}
 * @param port of the door for who has a credential; 0 for a free one
 * @param ownAddresses whether {@code api.weixin.qq.com} gets an address inside each instance, where that is possible. It
 *     takes the ports 80 and 443 of addresses of the loopback network, so that no service can listen on these ports of all
 *     addresses
 * @param privateFiles whether instances can have a hosts file of their own
 * @param trustCa whether instances are told to trust Berth's own certificate, so that {@code https://} works
 * @param folder for the certificate and the token files; made if it is missing, used by this server alone
 */
public record RelayOptions(
        String host,
        int port,
        boolean ownAddresses,
        InstanceRuntime.PrivateFiles privateFiles,
        boolean trustCa,
        RelayLimits limits,
        Path folder) {
    public RelayOptions {
        requireNonNull(host, "host is null");
        requireNonNull(privateFiles, "privateFiles is null");
        requireNonNull(limits, "limits is null");
        folder = folder.toAbsolutePath();
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port: %d (expected: 0 to 65535)".formatted(port));
        }
    }
}
