package dev.berth.simulator;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What a user does in a mini program: gives it open data, consents to messages. */
final class PhoneRoutes implements ControlRoutes {
    private final World world;

    PhoneRoutes(World world) {
        this.world = world;
    }

    @Override
    public void mount(ControlRouter router) {
        router.post("open-data", this::pressButton);
        router.post("subscriptions", this::answerConsent);
    }

    private Future<JsonObject> pressButton(RoutingContext call) {
        ControlJson body = ControlJson.read(call, Set.of("appid", "user", "kind", "session_key"));
        String appid = body.required("appid");
        String user = body.required("user");
        OpenDataKind kind = kind(body.required("kind"));
        Optional<SessionKey> key =
                body.optional("session_key").map(text -> ControlJson.valid(() -> new SessionKey(text)));
        return world.database().inTransaction(handle -> {
            App app = Apps.get(handle, appid);
            return OpenDataButton.press(
                    handle,
                    app,
                    Users.get(handle, user),
                    kind,
                    key,
                    world.clock().instant(),
                    world.chance());
        });
    }

    private Future<JsonObject> answerConsent(RoutingContext call) {
        ControlJson body = ControlJson.read(call, Set.of("appid", "user", "template", "accept"));
        String appid = body.required("appid");
        String user = body.required("user");
        String template = body.required("template");
        Consent consent = Consent.read(body);
        return world.database().inTransaction(handle -> {
            Apps.get(handle, appid);
            Users.get(handle, user);
            requireTemplate(handle, appid, template);
            consent.given(handle, appid, user, template);
            return new JsonObject().put("errMsg", "requestSubscribeMessage:ok").put(template, consent.word());
        });
    }

    private static void requireTemplate(Handle handle, String appid, String template) {
        if (Templates.find(handle, appid, template).isEmpty()) {
            throw Refusal.unknownTemplate(
                    appid,
                    template,
                    Templates.of(handle, appid).stream().map(Template::id).toList());
        }
    }

    private static OpenDataKind kind(String label) {
        return OpenDataKind.named(label)
                .orElseThrow(() -> Refusal.invalid("kind: \"%s\" (expected: one of %s)"
                        .formatted(
                                label,
                                Arrays.stream(OpenDataKind.values())
                                        .map(OpenDataKind::label)
                                        .toList())));
    }
}
