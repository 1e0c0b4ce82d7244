package dev.berth.server;

import dev.berth.artifacts.TarPacker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

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
        TarPacker tar = new TarPacker(bytes);
        for (int i = 0; i < namesAndContents.length; i += 2) {
            tar.file(namesAndContents[i], namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8), 0644);
        }
        tar.end();
        return bytes.toByteArray();
    }
}
