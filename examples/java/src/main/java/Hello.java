import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** A service without any framework: greets the caller by the openid that the platform proved. */
public final class Hello {
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "80"));
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        server.createContext("/", Hello::greet);
        server.setExecutor(Executors.newCachedThreadPool());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(1)));
        System.out.println("hello listens on " + port);
        server.start();
    }

    private static void greet(HttpExchange exchange) throws IOException {
        String openid = exchange.getRequestHeaders().getFirst("X-WX-OPENID");
        System.out.println(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        byte[] answer = ("你好, " + (openid == null ? "nobody" : openid) + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private Hello() {}
}
