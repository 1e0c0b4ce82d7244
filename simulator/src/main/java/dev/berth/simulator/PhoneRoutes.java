package dev.berth.simulator;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What a user does in a mini program: gives it open data, consents to messages, writes to customer service. */
final class PhoneRoutes implements ControlRoutes {
    /** So that JavaScript reads the id exactly. */
    private static final int MESSAGE_ID_BITS = 53;

    private final World world;

    PhoneRoutes(World world) {
        this.world = world;
    }

    @Override
    public void mount(ControlRouter router) {
        router.post("open-data", this::pressButton);
        router.post("subscriptions", this::answerConsent);
        router.post("messages", this::write);
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
            Instant now = world.clock().instant();
            return new OpenDataButton(handle, app, Users.get(handle, user), kind, now, world.chance()).press(key);
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

    private Future<JsonObject> write(RoutingContext call) {
        ControlJson body = ControlJson.read(call, Set.of("appid", "user", "text"));
        String appid = body.required("appid");
        String user = body.required("user");
        Optional<String> text = body.optional("text");
        return world.database().inTransaction(handle -> {
            App app = Apps.get(handle, appid);
            Users.get(handle, user);
            CustomerChats.acted(
                    handle,
                    appid,
                    user,
                    text.isPresent() ? CustomerChats.Act.WROTE : CustomerChats.Act.OPENED,
                    world.clock().instant());
            return event(app, user, text);
        });
    }

    /** MP-3: as WeChat tells the app of it. */
    private JsonObject event(App app, String user, Optional<String> text) {
        JsonObject event = new JsonObject()
                .put("ToUserName", app.appid())
                .put("FromUserName", Identity.openid(app.appid(), user))
                .put("CreateTime", world.clock().instant().getEpochSecond());
        return text.map(content ->
                        event.put("MsgType", "text").put("Content", content).put("MsgId", messageId()))
                .orElseGet(() -> event.put("MsgType", "event").put("Event", "user_enter_tempsession"));
    }

    private long messageId() {
        long random = ByteBuffer.wrap(world.chance().bytes(Long.BYTES)).getLong();
        return random >>> (Long.SIZE - MESSAGE_ID_BITS);
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
