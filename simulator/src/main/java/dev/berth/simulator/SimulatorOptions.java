package dev.berth.simulator;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.OptionalLong;

/**
 * How to run a simulator.
 *
 * @param database the SQLite file; made, with its folder, when it is not there
 * @param host the address to bind. On a loopback address only requests whose {@code Host} is loopback are answered
 * @param port 0 takes any free one
 * @param allowRemote permits a {@code host} beyond loopback. The control API has no password: whoever reaches it is
 *     every user of every app
 * @param acceptUnknownCodes a code that the simulator did not make, such as WeChat DevTools makes, signs in
 *     {@code defaultUser}, with a warning in the log. Codes that it made are checked as ever
 * @param defaultUser the name of the user whom an unknown code signs in
 * @param clock by which codes and tokens expire, until the control API sets another time
 * @param seed makes everything random repeat itself, also what else nobody could guess
 */
public record SimulatorOptions(
        Path database,
        String host,
        int port,
        boolean allowRemote,
        boolean acceptUnknownCodes,
        String defaultUser,
        InstantSource clock,
        OptionalLong seed) {
    public static final int DEFAULT_PORT = 7083;

    public SimulatorOptions {
        requireNonNull(database, "database is null");
        requireNonNull(clock, "clock is null");
        requireNonNull(seed, "seed is null");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: %d (expected: 0 to 65535)".formatted(port));
        }
        if (!allowRemote && !Loopback.isLoopback(host)) {
            throw new IllegalArgumentException(
                    "host: %s is reachable from other machines, and the simulator has no password. Bind 127.0.0.1, or allow it with allowRemote (--allow-remote)"
                            .formatted(host));
        }
        User.named(defaultUser);
    }

    /** On {@code 127.0.0.1:7083}, strict about codes, with the system's clock. */
    public static SimulatorOptions of(Path database) {
        return new SimulatorOptions(
                database,
                "127.0.0.1",
                DEFAULT_PORT,
                false,
                false,
                "alice",
                InstantSource.system(),
                OptionalLong.empty());
    }

    public SimulatorOptions withHost(String newHost) {
        return new SimulatorOptions(database, newHost, port, allowRemote, acceptUnknownCodes, defaultUser, clock, seed);
    }

    public SimulatorOptions withPort(int newPort) {
        return new SimulatorOptions(database, host, newPort, allowRemote, acceptUnknownCodes, defaultUser, clock, seed);
    }

    /** Permits a host beyond loopback, which is to be named after this. */
    public SimulatorOptions withAllowRemote(boolean allow) {
        return new SimulatorOptions(database, host, port, allow, acceptUnknownCodes, defaultUser, clock, seed);
    }

    public SimulatorOptions withAcceptUnknownCodes(boolean accept) {
        return new SimulatorOptions(database, host, port, allowRemote, accept, defaultUser, clock, seed);
    }

    public SimulatorOptions withDefaultUser(String name) {
        return new SimulatorOptions(database, host, port, allowRemote, acceptUnknownCodes, name, clock, seed);
    }

    public SimulatorOptions withClock(InstantSource newClock) {
        return new SimulatorOptions(database, host, port, allowRemote, acceptUnknownCodes, defaultUser, newClock, seed);
    }

    public SimulatorOptions withSeed(long newSeed) {
        return new SimulatorOptions(
                database, host, port, allowRemote, acceptUnknownCodes, defaultUser, clock, OptionalLong.of(newSeed));
    }
}
