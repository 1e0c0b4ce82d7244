package dev.berth.hosting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Jars that {@code java -jar} can run, where Maven and Gradle put them. */
final class RunnableJars {
    static final List<String> PLACES = List.of("", "target", "build/libs");

    private RunnableJars() {}

    /** @return paths relative to {@code folder}, sorted */
    static List<String> in(Path folder) throws IOException {
        for (String place : PLACES) {
            List<String> found = directlyIn(folder, folder.resolve(place));
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    private static List<String> directlyIn(Path folder, Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(RunnableJars::hasMainClass)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static boolean hasMainClass(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            return jar.getManifest() != null
                    && jar.getManifest().getMainAttributes().containsKey(Attributes.Name.MAIN_CLASS);
        } catch (IOException notAJar) {
            return false;
        }
    }
}
