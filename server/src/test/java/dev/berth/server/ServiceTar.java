package dev.berth.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Small services, packed. */
final class ServiceTar {
    private ServiceTar() {}

    /** Answers the openid of its caller, and logs the path. */
    static byte[] greeter(String greeting) throws IOException {
        return of("package.json", "{\"scripts\":{\"start\":\"node index.js\"}}", "index.js", """
                const http = require('http')
                http.createServer((request, response) => {
                  console.log('path ' + request.url)
                  response.end('%s ' + request.headers['x-wx-openid'])
                }).listen(process.env.PORT)
                """.formatted(greeting));
    }

    static byte[] of(String... namesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                byte[] content = namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(namesAndContents[i], true);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }
}
