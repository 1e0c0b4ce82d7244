package dev.berth.hosting;

import dev.berth.core.Launch;
import dev.berth.core.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The files of a service, and how it would be started. */
record LaunchFolder(Path path) {
    LaunchFolder with(String file, String content) throws IOException {
        Path target = path.resolve(file);
        Files.createDirectories(target.getParent());
        Files.writeString(target, content);
        return this;
    }

    LaunchFolder withJar(String file, boolean runnable) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (runnable) {
            manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "demo.Main");
        }
        Path target = path.resolve(file);
        Files.createDirectories(target.getParent());
        try (OutputStream out = Files.newOutputStream(target)) {
            new JarOutputStream(out, manifest).close();
        }
        return this;
    }

    Launch find() throws IOException {
        return LaunchFinder.find(path, ContainerConfig.read(path), Optional.empty(), OptionalInt.empty());
    }

    Problem refusal() {
        return Problems.of(this::find);
    }
}
