package dev.berth.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same service under many names, deployed through the management API and never called. */
final class ManyServices {
    private static final int AT_ONCE = 4;

    private ManyServices() {}

    /** @param management base URL of the door */
    static void deploy(URI management, String token, Path service, int count) throws IOException, InterruptedException {
        byte[] tar = tar(service);
        try (HttpClient client = HttpClient.newHttpClient();
                ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                HttpRequest request = HttpRequest.newBuilder(management.resolve(
                                "/api/v1/environments/prod-01/services/s%d/versions?install=false".formatted(i)))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/x-tar")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(tar))
                        .build();
                answers.add(threads.submit(() -> client.send(request, HttpResponse.BodyHandlers.ofString())));
            }
            for (Future<HttpResponse<String>> answer : answers) {
                String told = answer.get().body();
                if (!told.contains("\"deployed\"")) {
                    throw new IllegalStateException("not deployed: " + told);
                }
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private static byte[] tar(Path folder) throws IOException, InterruptedException {
        Process tar = new ProcessBuilder("tar", "-c", "-C", folder.toString(), ".")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] bytes = tar.getInputStream().readAllBytes();
        if (tar.waitFor() != 0) {
            throw new IllegalStateException("tar failed");
        }
        return bytes;
    }
}
