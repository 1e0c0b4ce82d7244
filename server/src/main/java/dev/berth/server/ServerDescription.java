package dev.berth.server;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Optional;

/** What clients need to know of a running server, as in {@code server.json}. */
final class ServerDescription {
    private ServerDescription() {}

    static JsonObject of(DataFolder data, URI gateway, URI management, URI inward, Optional<URI> simulator) {
        JsonObject doors = new JsonObject()
                .put("gateway", gateway.toString())
                .put("management", management.toString())
                .put("inward", inward.toString());
        simulator.ifPresent(url -> doors.put("simulator", url.toString()));
        return new JsonObject()
                .put("version", Version.NAME)
                .put("pid", ProcessHandle.current().pid())
                .put("data", data.path().toString())
                .put("simulator", simulator.isPresent())
                .put("app", Defaults.APP)
                .put("environment", Defaults.ENVIRONMENT)
                .put("doors", doors);
    }

    /** How this machine reaches a door; one that is bound everywhere, through loopback. */
    static URI url(String host, int port) {
        String name = switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "[::1]";
            default -> host.contains(":") ? "[" + host + "]" : host;
        };
        return URI.create("http://" + name + ":" + port);
    }
}
