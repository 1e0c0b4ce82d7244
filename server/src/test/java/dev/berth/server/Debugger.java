package dev.berth.server;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/** As much of a debugger as lets a waiting Node process go on. */
final class Debugger {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Debugger() {}

    /** Waits until somebody waits for a debugger on this port of loopback, and lets it run. */
    static void letRun(int port) {
        URI list = URI.create("http://127.0.0.1:%d/json/list".formatted(port));
        String url = await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> targets(list), targets -> !targets.isEmpty())
                .getJsonObject(0)
                .getString("webSocketDebuggerUrl");
        try (Attached attached = Attached.to(URI.create(url))) {
            attached.say("{\"id\":1,\"method\":\"Runtime.runIfWaitingForDebugger\"}");
        }
    }

    private static JsonArray targets(URI list) throws IOException, InterruptedException {
        return new JsonArray(CLIENT.send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
                .body());
    }

    private record Attached(WebSocket socket) implements AutoCloseable {
        static Attached to(URI url) {
            return new Attached(CLIENT.newWebSocketBuilder()
                    .buildAsync(url, new WebSocket.Listener() {})
                    .join());
        }

        void say(String message) {
            socket.sendText(message, true).join();
        }

        @Override
        public void close() {
            try {
                socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
            } catch (CompletionException gone) {
                socket.abort(); // the process has ended already
            }
        }
    }
}
