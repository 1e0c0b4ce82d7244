import cn.binarywang.wx.miniapp.api.WxMaService;
import cn.binarywang.wx.miniapp.api.impl.WxMaServiceImpl;
import cn.binarywang.wx.miniapp.config.impl.WxMaDefaultConfigImpl;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.Executors;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** Asks what it is asked to ask, with the HTTP client that is named, each used as its documentation shows. */
final class Server {
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(System.getenv("PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            JsonObject answer = new JsonObject();
            try {
                String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                ask(JsonParser.parseString(question).getAsJsonObject(), answer);
            } catch (Exception e) {
                answer.addProperty("error", e.toString());
            }
            byte[] text = answer.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
    }

    private static void ask(JsonObject question, JsonObject answer) throws Exception {
        switch (question.get("client").getAsString()) {
            case "jdk" -> withJdk(question, answer);
            case "apache" -> withApache(question, answer);
            case "wxjava" -> withWxJava(question, answer);
            default -> throw new IllegalArgumentException("client: " + question.get("client"));
        }
    }

    private static void withJdk(JsonObject question, JsonObject answer) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(text(question, "url")))
                .method(
                        text(question, "method"),
                        question.has("body")
                                ? HttpRequest.BodyPublishers.ofString(text(question, "body"))
                                : HttpRequest.BodyPublishers.noBody());
        headers(question).entrySet().forEach(header -> request.header(
                header.getKey(), header.getValue().getAsString()));
        HttpResponse<byte[]> response =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        JsonObject headers = new JsonObject();
        response.headers().map().forEach((name, values) -> headers.addProperty(name, values.get(0)));
        tell(answer, response.statusCode(), headers, response.body());
    }

    private static void withApache(JsonObject question, JsonObject answer) throws Exception {
        HttpUriRequestBase request =
                new HttpUriRequestBase(text(question, "method"), URI.create(text(question, "url")));
        headers(question).entrySet().forEach(header -> request.setHeader(
                header.getKey(), header.getValue().getAsString()));
        if (question.has("body")) {
            request.setEntity(new StringEntity(text(question, "body"), StandardCharsets.UTF_8));
        }
        try (CloseableHttpClient client = HttpClients.createSystem()) {
            client.execute(request, response -> {
                JsonObject headers = new JsonObject();
                for (var header : response.getHeaders()) {
                    headers.addProperty(header.getName().toLowerCase(), header.getValue());
                }
                byte[] body = response.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(response.getEntity());
                tell(answer, response.getCode(), headers, body);
                return null;
            });
        }
    }

    /** The SDK of the field; the token that it insists on is made up, and replaced on the way. */
    private static void withWxJava(JsonObject question, JsonObject answer) throws Exception {
        WxMaDefaultConfigImpl config = new WxMaDefaultConfigImpl();
        config.setAppid(text(question, "appid"));
        config.setApiHostUrl("http://api.weixin.qq.com");
        config.updateAccessToken("made-up", 7200);
        WxMaService service = new WxMaServiceImpl();
        service.setWxMaConfig(config);
        String said = text(question, "method").equals("GET")
                ? service.get(text(question, "url"), "")
                : service.post(text(question, "url"), text(question, "body"));
        tell(answer, 200, new JsonObject(), said.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonObject headers(JsonObject question) {
        return question.has("headers") ? question.getAsJsonObject("headers") : new JsonObject();
    }

    private static String text(JsonObject object, String name) {
        return object.get(name).getAsString();
    }

    private static void tell(JsonObject answer, int status, JsonObject headers, byte[] body) {
        answer.addProperty("status", status);
        answer.add("headers", headers);
        answer.addProperty("base64", Base64.getEncoder().encodeToString(body));
    }
}
