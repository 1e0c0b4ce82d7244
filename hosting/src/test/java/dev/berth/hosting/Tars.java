package dev.berth.hosting;

import dev.berth.artifacts.TarPacker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Uploads. */
final class Tars {
    private Tars() {}

    interface Packing {
        void into(TarPacker tar) throws IOException;
    }

    static InputStream of(Packing packing) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try {
            TarPacker tar = new TarPacker(packed);
            packing.into(tar);
            tar.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ByteArrayInputStream(packed.toByteArray());
    }

    static InputStream of(String... namesAndContents) {
        return of(tar -> {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                tar.file(namesAndContents[i], namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8), 0644);
            }
        });
    }
}
