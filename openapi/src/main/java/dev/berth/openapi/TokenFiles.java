package dev.berth.openapi;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.DirectorySource;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder for each environment that has the token function on, with the file {@code cloudbase_access_token} (OA-26):
 * the token of its owner, without a line end. Thread-safe; blocks.
 */
final class TokenFiles {
    static final String NAME = "cloudbase_access_token";

    /** OA-26. */
    static final Duration REPLACED_EVERY = Duration.ofMinutes(10);

    private static final System.Logger LOG = System.getLogger("dev.berth.openapi");

    private final Path folder;
    private final DirectorySource directory;
    private final SignedCloudbaseTokens tokens;
    private final Set<String> environments = ConcurrentHashMap.newKeySet();

    TokenFiles(Path folder, DirectorySource directory, SignedCloudbaseTokens tokens) {
        this.folder = folder;
        this.directory = directory;
        this.tokens = tokens;
    }

    /** The folder of this environment, with a token; empty if the function is off. */
    Optional<Path> open(String environmentId) throws IOException {
        Optional<EnvironmentEntry> entry = entry(environmentId);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        Path own = Files.createDirectories(folder.resolve(environmentId));
        if (environments.add(environmentId) || !Files.exists(own.resolve(NAME))) {
            replace(entry.get());
        }
        return Optional.of(own);
    }

    /** New tokens for all whose function is still on; of the others the file goes. */
    void replaceAll() {
        for (String environmentId : environments) {
            try {
                Optional<EnvironmentEntry> entry = entry(environmentId);
                if (entry.isPresent()) {
                    replace(entry.get());
                } else {
                    Files.deleteIfExists(folder.resolve(environmentId).resolve(NAME));
                }
            } catch (IOException e) {
                LOG.log(
                        Level.WARNING,
                        "The token file of environment {0} could not be replaced ({1}); it is tried again in {2} min",
                        environmentId,
                        e,
                        REPLACED_EVERY.toMinutes());
            }
        }
    }

    private synchronized void replace(EnvironmentEntry entry) throws IOException {
        String id = entry.environment().id();
        String token = tokens.issue(id, entry.environment().appId());
        OwnFiles.write(folder.resolve(id).resolve(NAME), token.getBytes(US_ASCII), OwnFiles.READABLE);
    }

    private Optional<EnvironmentEntry> entry(String environmentId) {
        return directory
                .current()
                .environment(environmentId)
                .filter(found -> found.cloudCall().tokens());
    }
}
