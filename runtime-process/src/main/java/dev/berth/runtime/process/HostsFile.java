package dev.berth.runtime.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** hosts(5) as an instance sees it: its own names first, then what the machine says of other names. */
final class HostsFile {
    static final Path OF_MACHINE = Path.of("/etc/hosts");

    private HostsFile() {}

    /** @param hosts addresses by name */
    static void write(Path file, Map<String, String> hosts) throws IOException {
        // Whatever bytes the machine's comments are made of.
        List<String> machine = Files.readAllLines(OF_MACHINE, StandardCharsets.ISO_8859_1);
        Files.write(file, lines(hosts, machine), StandardCharsets.ISO_8859_1);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    static List<String> lines(Map<String, String> hosts, List<String> machine) {
        Set<String> own = hosts.keySet().stream().map(HostsFile::lowerCase).collect(Collectors.toUnmodifiableSet());
        return Stream.concat(
                        new TreeMap<>(hosts).entrySet().stream().map(host -> host.getValue() + " " + host.getKey()),
                        machine.stream().flatMap(line -> without(own, line)))
                .toList();
    }

    /** The C library would return the machine's addresses of a name beside the instance's. */
    private static Stream<String> without(Set<String> names, String line) {
        List<String> words = List.of(line.split("#", 2)[0].strip().split("\\s+"));
        List<String> left = words.stream()
                .skip(1)
                .filter(name -> !names.contains(lowerCase(name)))
                .toList();
        if (left.size() == words.size() - 1) {
            return Stream.of(line);
        }
        return left.isEmpty() ? Stream.of() : Stream.of(words.getFirst() + " " + String.join(" ", left));
    }

    private static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
