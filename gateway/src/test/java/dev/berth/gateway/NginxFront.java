package dev.berth.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** nginx as everybody configures it in front of one service, writing the same headers as the gateway. */
final class NginxFront implements AutoCloseable {
    private final Process process;
    private final int port;

    private NginxFront(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Debian keeps it where a user's PATH does not look. */
    static Optional<Path> program() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":", -1)), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static NginxFront start(Path program, Path folder, int servicePort, Map<String, String> headers)
            throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String written = headers.entrySet().stream()
                .map(header -> "proxy_set_header %s \"%s\";".formatted(header.getKey(), header.getValue()))
                .collect(Collectors.joining(" "));
        Path config = folder.resolve("front.conf");
        Files.writeString(config, """
                daemon off; master_process off; pid front.pid; error_log stderr crit;
                events { worker_connections 64; }
                http {
                  access_log off;
                  client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp; scgi_temp_path tmp;
                  server {
                    listen 127.0.0.1:%d;
                    location / {
                      proxy_pass http://127.0.0.1:%d; proxy_http_version 1.1; proxy_set_header Connection "";
                      proxy_set_header Host $http_host; proxy_set_header X-WX-CONTAINER-PATH $request_uri;
                      %s
                    }
                  }
                }
                """.formatted(port, servicePort, written));
        Process process = new ProcessBuilder(
                        List.of(program.toString(), "-p", folder.toString(), "-c", config.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("front.log").toFile())
                .start();
        NginxFront front = new NginxFront(process, port);
        front.awaitPort(folder);
        return front;
    }

    private void awaitPort(Path folder) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException e) {
                if (process.waitFor(10, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
        }
        close();
        throw new IllegalStateException("nginx does not serve: " + Files.readString(folder.resolve("front.log")));
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
