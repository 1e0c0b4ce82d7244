package dev.berth.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** The yardstick: nginx as everybody configures it in front of one upstream, with connections kept. */
final class NginxProxy implements AutoCloseable {
    private final Process process;
    private final int port;

    private NginxProxy(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static NginxProxy start(Path folder, int upstreamPort) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path config = folder.resolve("proxy.conf");
        Files.writeString(config, """
                daemon off; worker_processes auto; pid proxy.pid; error_log stderr crit;
                events { worker_connections 1024; }
                http {
                  access_log off;
                  client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp; scgi_temp_path tmp;
                  keepalive_requests 100000000; client_max_body_size 20m; client_body_buffer_size 256k;
                  upstream service { server 127.0.0.1:%d; keepalive 256; keepalive_requests 100000000; }
                  server {
                    listen 127.0.0.1:%d;
                    location / { proxy_pass http://service; proxy_http_version 1.1; proxy_set_header Connection ""; }
                    location = /refused { return 200 '{"base_resp":{"ret":40001,"errmsg":"invalid credential"}}'; }
                  }
                }
                """.formatted(upstreamPort, port));
        Process process = new ProcessBuilder("nginx", "-p", folder.toString(), "-c", config.toString())
                .inheritIO()
                .start();
        awaitPort(port);
        return new NginxProxy(process, port);
    }

    static void awaitPort(int port) throws InterruptedException {
        for (int attempt = 0; attempt < 500; attempt++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return;
            } catch (IOException e) {
                Thread.sleep(10);
            }
        }
        throw new IllegalStateException("nginx did not open port " + port);
    }

    String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    CpuClock cpu() {
        return CpuClock.ofFamily(process.toHandle());
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
