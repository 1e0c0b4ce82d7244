package dev.berth.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The programs that are started: the smallest honest HTTP server of their kind. */
final class Programs {
    private Programs() {}

    static Path node(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("server.js"), """
                require('http').createServer((request, response) => response.end('ready\\n'))
                  .listen(process.env.PORT, '127.0.0.1')
                """);
        Files.writeString(folder.resolve("package.json"), "{\"scripts\":{\"start\":\"node server.js\"}}");
        return folder;
    }

    /** One runnable jar, without a framework. */
    static Path java(Path folder) throws IOException, InterruptedException {
        Path source = Files.createDirectories(folder.resolveSibling("java-source"));
        Files.createDirectories(folder);
        Files.writeString(source.resolve("Service.java"), """
                import com.sun.net.httpserver.HttpServer;
                import java.net.InetAddress;
                import java.net.InetSocketAddress;

                public class Service {
                    public static void main(String[] args) throws Exception {
                        int port = Integer.parseInt(System.getenv("PORT"));
                        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
                        server.createContext("/", exchange -> {
                            byte[] body = "ready\\n".getBytes();
                            exchange.sendResponseHeaders(200, body.length);
                            exchange.getResponseBody().write(body);
                            exchange.close();
                        });
                        server.start();
                    }
                }
                """);
        run(source, "javac", "Service.java");
        run(
                source,
                "jar",
                "--create",
                "--file",
                folder.resolve("service.jar").toString(),
                "--main-class",
                "Service",
                ".");
        return folder;
    }

    static String javaBinary() {
        return tool("java");
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private static void run(Path folder, String tool, String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(tool(tool)));
        command.addAll(List.of(arguments));
        int exit = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException(tool + " failed with exit code " + exit);
        }
    }
}
