package dev.berth.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** What {@code berth doctor} asks of the machine. Nothing here changes anything, and nothing takes longer than seconds. */
interface Machine {
    /** A system property of Java; the empty text if there is none. */
    String property(String name);

    /** A small file of the system, such as one in {@code /proc}; empty if it cannot be read. */
    Optional<String> read(String file);

    /** What a program printed, stripped; empty if there is no such program or it failed. */
    Optional<String> run(String... command);

    Instant now();

    /** When this Berth was built, if it was packaged. */
    Optional<Instant> builtAt();

    /** The disk of a folder, or of the nearest folder above that exists. */
    Disk disk(Path folder);

    record Disk(String type, long freeBytes) {}

    /** Why nothing could listen there; empty if something could. */
    Optional<String> faultOfListening(String address, int port);

    /** The program that listens on this port, such as {@code nginx, pid 812}; empty if that cannot be seen. */
    Optional<String> holderOf(int port);

    /** Why a connection to oneself over this address fails; empty if it works. */
    Optional<String> faultOfLoopback(String address);

    /** Why no answer comes from there, whatever answer; empty if one comes. */
    Optional<String> faultOfReaching(URI address);
}
