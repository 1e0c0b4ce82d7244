package dev.berth.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** nginx in WeChat's place: fixed answers, as fast as can be, so that what is measured is the way there. */
final class FixedWeChat implements AutoCloseable {
    private static final int PICTURE_BYTES = 100 * 1024;

    private final Process process;
    private final int port;

    private FixedWeChat(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static FixedWeChat start(Path folder) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Files.writeString(folder.resolve("picture"), "0".repeat(PICTURE_BYTES));
        Path config = folder.resolve("wechat.conf");
        Files.writeString(config, """
                %s daemon off; worker_processes 1; pid wechat.pid; error_log stderr crit;
                events { worker_connections 4096; }
                http {
                  access_log off; keepalive_requests 100000000; default_type application/json;
                  client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp; scgi_temp_path tmp;
                  server {
                    listen 127.0.0.1:%d;
                    location = /cgi-bin/stable_token { return 200 '{"access_token":"fixed","expires_in":7200}'; }
                    location = /sns/jscode2session { return 200 '{"openid":"oAAAAAAAAAAAAAAAAAAAAAAAAAAA","session_key":"MDEyMzQ1Njc4OWFiY2RlZg=="}'; }
                    location = /wxa/msg_sec_check { return 200 '{"errcode":0,"errmsg":"ok"}'; }
                    location = /wxa/getwxacode { default_type image/jpeg; alias %s/picture; }
                  }
                }
                """.formatted(
                        System.getProperty("user.name").equals("root") ? "user root;" : "", port, folder));
        Process process = new ProcessBuilder("nginx", "-p", folder.toString(), "-c", config.toString())
                .inheritIO()
                .start();
        NginxProxy.awaitPort(port);
        return new FixedWeChat(process, port);
    }

    int port() {
        return port;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
