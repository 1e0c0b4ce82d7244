package dev.berth.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Berth's own routes on the gateway, below {@code /__berth__/}. */
final class BerthRoutes {
    private final Lane lane;
    private final SignInRoute signIn;
    private final OpenDataRoute openData;

    BerthRoutes(Lane lane) {
        this.lane = lane;
        this.signIn = new SignInRoute(lane);
        this.openData = new OpenDataRoute(lane);
    }

    void handle(HttpServerRequest request, InboundHead head) {
        String path = RequestTarget.path(request.uri());
        if (path.startsWith(FunctionCall.PATH) && request.method().equals(HttpMethod.POST)) {
            new FunctionCall(lane, request, head).run();
        } else if (path.equals("/__berth__/init") && request.method().equals(HttpMethod.POST)) {
            new InitRoute(lane, request, head).run();
        } else {
            handleOther(request, head, path);
        }
    }

    private void handleOther(HttpServerRequest request, InboundHead head, String path) {
        BrowserAccess.expose(
                lane.options().origins(), head.origin(), request.response().headers());
        if (path.equals("/__berth__/sessions") && request.method().equals(HttpMethod.POST)) {
            signIn.signIn(request);
        } else if (path.equals("/__berth__/sessions/current")
                && request.method().equals(HttpMethod.DELETE)) {
            signIn.signOut(request, head.session());
        } else if (path.equals("/__berth__/open-data") && request.method().equals(HttpMethod.POST)) {
            openData.handle(request, head.session());
        } else {
            servePage(request, path);
        }
    }

    private void servePage(HttpServerRequest request, String path) {
        Optional<Page> found = lane.options().pages().at(path);
        if (found.isEmpty()) {
            RouteAnswer.refuse(
                    request, 404, -1, "no such route: " + request.method() + " " + path, "Look at the path.");
            lane.tellRefused(request, 404, "ROUTE_UNKNOWN", "gateway", "no such route");
            LeftoverBody.drain(lane.vertx(), request);
            return;
        }
        Page page = found.get();
        request.response()
                .putHeader("content-type", page.contentType())
                .putHeader("cache-control", "no-cache")
                .end(Buffer.buffer(page.body()));
        LeftoverBody.drain(lane.vertx(), request);
    }
}
