package dev.berth.functions;

import dev.berth.artifacts.TarPacker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Uploads. */
final class Tars {
    private Tars() {}

    static InputStream of(String... namesAndContents) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try {
            pack(packed, namesAndContents);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ByteArrayInputStream(packed.toByteArray());
    }

    static byte[] gzip(String... namesAndContents) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        pack(new GZIPOutputStream(packed), namesAndContents);
        return packed.toByteArray();
    }

    private static void pack(OutputStream out, String... namesAndContents) throws IOException {
        TarPacker tar = new TarPacker(out);
        for (int i = 0; i < namesAndContents.length; i += 2) {
            tar.file(namesAndContents[i], namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8), 0644);
        }
        tar.end();
    }
}
