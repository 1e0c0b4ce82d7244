package dev.berth.server;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The file of the configuration, or the environment, by itself. */
public final class ConfigFile {
    private static final int LARGEST = 1024 * 1024;

    private ConfigFile() {}

    /** @throws BerthException {@code CONFIG_INVALID}, naming everything that is wrong, and where */
    static ServerConfig read(ServerConfig defaults, Path file) {
        return Configuration.load(defaults, Optional.of(file), Map.of()).values();
    }

    /**
     * The variables over the configuration given; an empty one is none.
     *
     * @throws BerthException {@code CONFIG_INVALID}, naming the variable
     */
    public static ServerConfig withEnvironment(ServerConfig config, Map<String, String> environment) {
        return Configuration.load(config, Optional.empty(), environment).values();
    }

    /** @throws BerthException {@code CONFIG_INVALID} for what cannot be a configuration */
    static String text(Path file) {
        if (Files.isDirectory(file)) {
            throw invalid(file + ": is a folder (expected: a YAML file)", "Name the file itself with --config.");
        }
        try (InputStream in = Files.newInputStream(file)) { // perhaps a pipe, which has no size
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw invalid(
                        file + ": over %d bytes (expected: a YAML file)".formatted(LARGEST),
                        "Is it another file? Name the right one with --config.");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text; // a byte order mark
        } catch (NoSuchFileException e) {
            throw invalid(file + ": there is no such file", "Name another one with --config.");
        } catch (CharacterCodingException e) {
            throw invalid(file + ": is not text in UTF-8 (expected: a YAML file)", "Name another one with --config.");
        } catch (IOException e) {
            throw invalid(file + ": cannot be read: " + e, "Make it readable and start again.");
        }
    }

    static BerthException invalid(String message, String hint) {
        return new BerthException(new Problem("CONFIG_INVALID", "server", message, hint));
    }
}
