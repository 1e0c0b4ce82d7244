package dev.berth.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A machine that has everything Berth needs, until a test takes something away. */
final class MachineDouble implements Machine {
    private final Map<String, String> properties = new HashMap<>(Map.of(
            "java.version", "25.0.1",
            "java.vendor", "Eclipse Adoptium",
            "java.home", "/opt/jdk",
            "os.name", "Linux",
            "os.arch", "amd64",
            "sun.jnu.encoding", "UTF-8",
            "user.name", System.getProperty("user.name")));
    private final Map<String, String> files = new HashMap<>(
            Map.of("/proc/sys/kernel/osrelease", "6.12.0-generic", "/proc/self/limits", limits("1048576", "62812")));
    private final Map<String, String> programs = new HashMap<>(Map.of(
            "node", "v22.11.0",
            "npm", "10.9.0",
            "docker", "27.3.1",
            "bwrap", "bubblewrap 0.9.0",
            "unshare", "unshare from util-linux 2.39"));
    private final Set<String> forbidden = new HashSet<>();
    private final Map<Integer, String> taken = new HashMap<>();
    private final Map<String, String> broken = new HashMap<>();
    private Instant now = Instant.parse("2026-11-21T00:00:00Z");
    private Disk disk = new Disk("ext4", 50L << 30);

    MachineDouble property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    MachineDouble file(String name, String content) {
        files.put(name, content);
        return this;
    }

    MachineDouble program(String name, String prints) {
        programs.put(name, prints);
        return this;
    }

    MachineDouble without(String program) {
        programs.remove(program);
        return this;
    }

    /** A command that fails with these arguments. */
    MachineDouble forbidden(String command) {
        forbidden.add(command);
        return this;
    }

    MachineDouble taken(int port, String holder) {
        taken.put(port, holder);
        return this;
    }

    /** @param what an address of loopback, also with a port, or a host */
    MachineDouble broken(String what, String fault) {
        broken.put(what, fault);
        return this;
    }

    MachineDouble at(String instant) {
        now = Instant.parse(instant);
        return this;
    }

    MachineDouble disk(String type, long freeBytes) {
        disk = new Disk(type, freeBytes);
        return this;
    }

    static String limits(String files, String processes) {
        return """
                Limit                     Soft Limit           Hard Limit           Units
                Max cpu time              unlimited            unlimited            seconds
                Max processes             512                  %s                   processes
                Max open files            1024                 %s                   files
                """.formatted(processes, files);
    }

    @Override
    public String property(String name) {
        return properties.getOrDefault(name, "");
    }

    @Override
    public Optional<String> read(String file) {
        return Optional.ofNullable(files.get(file));
    }

    @Override
    public Optional<String> run(String... command) {
        return forbidden.contains(String.join(" ", command))
                ? Optional.empty()
                : Optional.ofNullable(programs.get(command[0]));
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Optional<Instant> builtAt() {
        return Optional.of(Instant.parse("2026-11-01T00:00:00Z"));
    }

    @Override
    public Disk disk(Path folder) {
        return disk;
    }

    @Override
    public Optional<String> faultOfListening(String address, int port) {
        String fault = broken.get(address + ":" + port);
        return taken.containsKey(port) ? Optional.of("Address already in use") : Optional.ofNullable(fault);
    }

    @Override
    public Optional<String> holderOf(int port) {
        return Optional.ofNullable(taken.get(port)).filter(holder -> !holder.isEmpty());
    }

    @Override
    public Optional<String> faultOfLoopback(String address) {
        return Optional.ofNullable(broken.get(address));
    }

    @Override
    public Optional<String> faultOfReaching(URI address) {
        return Optional.ofNullable(broken.get(address.getHost()));
    }
}
