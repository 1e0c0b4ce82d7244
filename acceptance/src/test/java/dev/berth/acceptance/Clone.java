package dev.berth.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What somebody has who cloned Berth: the command, the examples and the client, to be used up. Its data is in {@code .berth}. */
final class Clone {
    private static final Set<String> MADE_LATER =
            Set.of("node_modules", "target", "miniprogram_npm", "package-lock.json");

    private final Folder folder = new Folder().without("BERTH_DATA");

    Clone() {
        try {
            Files.createSymbolicLink(path().resolve("berth"), Folder.ROOT.resolve("berth"));
            copy("examples");
            copy("client-js");
            Files.copy(
                    Folder.ROOT.resolve("client-js/package-lock.json"), path().resolve("client-js/package-lock.json"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Path path() {
        return folder.path();
    }

    Folder folder() {
        return folder;
    }

    private void copy(String name) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(Folder.ROOT.resolve(name))) {
            files = all.filter(Clone::isFromTheRepository).toList();
        }
        for (Path file : files) {
            Files.copy(file, path().resolve(Folder.ROOT.relativize(file)));
        }
    }

    private static boolean isFromTheRepository(Path file) {
        for (Path part : Folder.ROOT.relativize(file)) {
            if (MADE_LATER.contains(part.toString())) {
                return false;
            }
        }
        return true;
    }
}
