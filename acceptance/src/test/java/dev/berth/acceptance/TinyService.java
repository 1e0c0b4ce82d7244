package dev.berth.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A web server of a few hundred kilobytes: {@code /content} is what was deployed, {@code /boot} the number of the
 * process, new with each start, and {@code /cgi-bin/slow} the content after a fifth of a second. Without busybox it is a
 * Node program that answers alike.
 */
final class TinyService {
    static final boolean LIGHT = isInPath("busybox");
    static final String COMMAND =
            LIGHT ? "echo $$ >boot; exec busybox httpd -f -p 127.0.0.1:$PORT" : "echo $$ >boot; exec node server.js";
    private static final String SLOW = """
            #!/bin/sh
            sleep 0.2
            printf 'Content-Type: text/plain\\r\\n\\r\\n'
            cat ../content
            """;
    private static final String NODE = """
            require('http').createServer((request, response) => {
              const slow = request.url === '/cgi-bin/slow'
              const file = slow ? 'content' : '.' + request.url
              setTimeout(() => response.end(require('fs').readFileSync(file)), slow ? 200 : 0)
            }).listen(process.env.PORT, '127.0.0.1')
            """;

    private TinyService() {}

    static byte[] tar(String content) {
        try {
            Path folder = Files.createTempDirectory("berth-tiny-");
            try {
                Files.writeString(folder.resolve("content"), content);
                Files.writeString(folder.resolve("server.js"), NODE);
                Path slow = Files.createDirectory(folder.resolve("cgi-bin")).resolve("slow");
                Files.writeString(slow, SLOW);
                Files.setPosixFilePermissions(slow, PosixFilePermissions.fromString("rwxr-xr-x"));
                Process tar = new ProcessBuilder("tar", "-C", folder.toString(), "-c", ".").start();
                return tar.getInputStream().readAllBytes();
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static boolean isInPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
