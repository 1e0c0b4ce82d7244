package dev.berth.server;

import dev.berth.core.DirectorySource;
import dev.berth.core.Event;
import dev.berth.core.Release;
import dev.berth.hosting.Hosting;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which versions of a service receive which share of its traffic, and the way back. */
final class ReleaseRoutes implements ManagementDoor.Routes {
    private final RequestPath path;
    private final Hosting hosting;
    private final OperatorEvents events;

    ReleaseRoutes(DirectorySource directory, Hosting hosting, OperatorEvents events) {
        this.path = new RequestPath(directory);
        this.hosting = hosting;
        this.events = events;
    }

    @Override
    public void addTo(Router router, Blocking blocking) {
        router.put("/environments/:env/services/:name/release").handler(blocking.withBody(this::release));
        router.post("/environments/:env/services/:name/rollback").handler(blocking.withBody(this::rollback));
    }

    private void release(RoutingContext context, RequestStream body) throws IOException {
        String environment = path.environment(context);
        String service = path.service(context);
        RequestJson json = RequestJson.read(body, List.of("shares", "version", "weight"));
        Release release = json.has("shares")
                ? hosting.release(environment, service, weights(json))
                : hosting.release(environment, service, json.required("version"), json.number("weight", 100));
        answer(context, Event.Kind.RELEASE_CHANGED, service, release);
    }

    private static Map<String, Integer> weights(RequestJson json) {
        if (json.has("version") || json.has("weight")) {
            throw RequestQuery.invalid("shares: together with version or weight (expected: either or)");
        }
        Map<String, Integer> weights = new LinkedHashMap<>();
        for (RequestJson share : json.objects("shares", List.of("version", "weight"))) {
            if (!share.has("weight")) {
                throw RequestQuery.invalid("weight: missing in a share");
            }
            String version = share.required("version");
            if (weights.put(version, share.number("weight", 0)) != null) {
                throw RequestQuery.invalid("shares: %s twice (expected: each version once)".formatted(version));
            }
        }
        return weights;
    }

    private void rollback(RoutingContext context, RequestStream body) throws IOException {
        String environment = path.environment(context);
        String service = path.service(context);
        Optional<String> version = RequestJson.read(body, List.of("version")).optional("version");
        answer(context, Event.Kind.ROLLED_BACK, service, hosting.rollback(environment, service, version));
    }

    private void answer(RoutingContext context, Event.Kind kind, String service, Release release) {
        events.service(
                context,
                kind,
                service,
                release.shares().stream()
                        .map(share -> "%s %d %%".formatted(share.version().id().name(), share.weight()))
                        .collect(Collectors.joining(" · ")));
        Blocking.answer(context, new JsonObject().put("service", service).put("shares", ServiceJson.shares(release)));
    }
}
