package dev.berth.hosting;

import dev.berth.artifacts.ArtifactId;
import dev.berth.artifacts.VersionFolders;
import dev.berth.core.VersionId;
import java.io.IOException;
import java.nio.file.Path;

/** Where the files of services lie: {@code <data>/versions/<env>/<service>/<service>-NNN}; see {@link VersionFolders}. */
final class ServiceFolders {
    private final VersionFolders folders;

    ServiceFolders(Path data) throws IOException {
        folders = new VersionFolders(data.resolve("versions"));
    }

    Path filesOf(VersionId id) {
        return folders.filesOf(artifact(id));
    }

    Path folderOf(String environmentId, String service) {
        return folders.folderOf(environmentId, service);
    }

    Path newIncoming() throws IOException {
        return folders.newIncoming();
    }

    /** Durable when it returns. */
    void place(Path source, VersionId id) throws IOException {
        folders.place(source, artifact(id));
    }

    /** Removes what an interrupted deployment or removal left. */
    void sweep(VersionFolders.Known known) throws IOException {
        folders.sweep(known);
    }

    private static ArtifactId artifact(VersionId id) {
        return new ArtifactId(id.environmentId(), id.service(), id.name());
    }
}
