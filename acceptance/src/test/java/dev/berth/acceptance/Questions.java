package dev.berth.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Has the services {@code clients-…} ask a URL with one of their HTTP clients, from inside an instance. */
final class Questions {
    private final Caller caller;
    private final String service;
    private final ObjectNode question = JsonNodeFactory.instance.objectNode();

    private Questions(Caller caller, String service, String client) {
        this.caller = caller;
        this.service = service;
        question.put("client", client);
    }

    /** @param client such as {@code clients-node/axios} */
    static Questions of(Caller caller, String client) {
        String[] names = client.split("/", 2);
        return new Questions(caller, names[0], names[1]);
    }

    Questions with(String name, String value) {
        question.put(name, value);
        return this;
    }

    Questions header(String name, String value) {
        question.withObject("/headers").put(name, value);
        return this;
    }

    Questions file(String field, String name, String type, byte[] content) {
        question.withObject("/file")
                .put("field", field)
                .put("name", name)
                .put("type", type)
                .put("base64", Base64.getEncoder().encodeToString(content));
        return this;
    }

    Told get(String url) {
        return ask("GET", url);
    }

    Told post(String url, String json) {
        return with("body", json).header("Content-Type", "application/json").ask("POST", url);
    }

    Told ask(String method, String url) {
        question.put("method", method).put("url", url);
        return new Told(Caller.send(caller.to(service, "/")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(question.toString())))
                .json());
    }

    /** What the client in the instance was told. */
    record Told(JsonNode seen) {
        int status() {
            return seen.path("status").asInt();
        }

        /** Of a client that did not get an answer. */
        String error() {
            return seen.path("error").asText();
        }

        String header(String name) {
            return seen.path("headers").path(name).asText();
        }

        byte[] body() {
            return Base64.getDecoder().decode(seen.path("base64").asText());
        }

        JsonNode json() {
            return Json.parse(new String(body(), StandardCharsets.UTF_8));
        }

        int errcode() {
            return json().path("errcode").asInt();
        }
    }
}
