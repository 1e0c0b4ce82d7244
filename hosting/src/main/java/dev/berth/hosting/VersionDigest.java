package dev.berth.hosting;

import dev.berth.artifacts.ContentDigest;
import dev.berth.core.Launch;
import dev.berth.core.Settings;
import java.io.IOException;
import java.nio.file.Path;

/** What makes a version of a service: its files, the launch and the settings. */
final class VersionDigest {
    private VersionDigest() {}

    /**
     * @param installs whether dependencies are going to be installed into the files
     * @return SHA-256 in hex
     */
    static String of(Path folder, Launch launch, Settings settings, boolean installs) throws IOException {
        return new ContentDigest()
                .files(folder)
                .texts(launch.command())
                .map(launch.variables())
                .number(launch.port().orElse(0))
                .text(launch.origin())
                .map(settings.variables())
                .text(settings.idle().toString())
                .number(settings.scale().min())
                .number(settings.scale().max())
                .text(installs ? "installs" : "as sent")
                .hex();
    }
}
