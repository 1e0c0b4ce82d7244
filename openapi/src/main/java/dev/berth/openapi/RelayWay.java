package dev.berth.openapi;

import java.nio.file.Path;

/**
 * How the requests of instances reach the relay on this machine.
 *
 * @param byAddress whether {@code api.weixin.qq.com} has an address of its own inside every instance, so that any HTTP
 *     client works (OA-1); else only those that obey the usual variables for proxies
 * @param reason for people: why so
 * @param caFile with Berth's own certificate; who trusts it can use {@code https://} (OA-5)
 */
public record RelayWay(boolean byAddress, String reason, Path caFile) {}
