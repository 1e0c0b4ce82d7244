package dev.berth.runtime.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a server that was killed left behind. Its supervisors may still be waiting out the grace of their programs. */
final class Leftovers {
    private Leftovers() {}

    static void remove(Path instancesFolder) throws IOException {
        // The mark is the home folder: nobody else's is in there, while a person's shell may well stand in that folder.
        String mark = "HOME=" + instancesFolder + "/";
        ProcessTable.all()
                .filter(pid -> ProcessTable.environment(pid).stream().anyMatch(v -> v.startsWith(mark)))
                .forEach(ProcessTable::kill);
        try (Stream<Path> entries = Files.list(instancesFolder)) {
            entries.toList().forEach(TreeRemoval::remove);
        }
    }
}
