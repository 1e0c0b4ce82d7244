package dev.berth.simulator;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/** Messages in the customer-service chat, which a user must have begun. */
final class CustomerMessageApis {
    private static final int LONGEST_TEXT = 2048;

    private CustomerMessageApis() {}

    /** OA-48: 40003, 45015, 45047; a message that is flawed does not count. */
    static Reply send(ApiCall call) {
        String appid = call.app().appid();
        Optional<User> user = People.withOpenid(call.handle(), call.app(), call.text("touser"));
        if (user.isEmpty()) {
            return call.denied(40003);
        }
        String type = call.text("msgtype");
        JsonObject message = call.body().getValue(type) instanceof JsonObject given ? given : new JsonObject();
        OptionalInt flaw = flaw(call, type, message);
        if (flaw.isPresent()) {
            return call.denied(flaw.getAsInt());
        }
        return switch (CustomerChats.send(call.handle(), appid, user.get().name(), call.now())) {
            case TIME_IS_OVER -> call.denied(45015);
            case COUNT_IS_OVER -> call.denied(45047);
            case GIVEN -> {
                JsonObject content = new JsonObject().put("msgtype", type).put(type, message);
                Inbox.add(call.handle(), user.get().name(), appid, Inbox.Kind.CUSTOMER_MESSAGE, content, call.now());
                yield Reply.ok();
            }
        };
    }

    static Reply typing(ApiCall call) {
        String appid = call.app().appid();
        Optional<User> user = People.withOpenid(call.handle(), call.app(), call.text("touser"));
        if (user.isEmpty()) {
            return call.denied(40003);
        }
        return switch (call.text("command")) {
            case "Typing" -> type(call, appid, user.get());
            case "CancelTyping" -> {
                CustomerChats.cancelTyping(call.handle(), appid, user.get().name());
                yield Reply.ok();
            }
            default -> call.denied(45072);
        };
    }

    private static Reply type(ApiCall call, String appid, User user) {
        return switch (CustomerChats.type(call.handle(), appid, user.name(), call.now())) {
            case SHOWN -> Reply.ok();
            case TOO_LATE -> call.denied(45080);
            case ALREADY -> call.denied(45081);
        };
    }

    private static OptionalInt flaw(ApiCall call, String type, JsonObject message) {
        return switch (type) {
            case "text" -> flawOfText(message);
            case "image" -> flawOfMedia(call, message, "media_id");
            case "link" -> missing(message, "title", "description", "url", "thumb_url");
            case "miniprogrampage" -> flawOfPage(call, message);
            default -> OptionalInt.of(40008);
        };
    }

    private static OptionalInt flawOfText(JsonObject message) {
        String content = text(message, "content");
        if (content.isEmpty()) {
            return OptionalInt.of(44004);
        }
        return content.getBytes(StandardCharsets.UTF_8).length > LONGEST_TEXT
                ? OptionalInt.of(45002)
                : OptionalInt.empty();
    }

    private static OptionalInt flawOfPage(ApiCall call, JsonObject message) {
        OptionalInt missing = missing(message, "title", "pagepath");
        if (missing.isPresent()) {
            return missing;
        }
        boolean own = call.app().kind() == AppKind.MINI_PROGRAM;
        if (own && !AppPages.existsWithQuery(call.handle(), call.app().appid(), text(message, "pagepath"))) {
            return OptionalInt.of(40165);
        }
        return flawOfMedia(call, message, "thumb_media_id");
    }

    private static OptionalInt flawOfMedia(ApiCall call, JsonObject message, String field) {
        return StoredMedia.find(call.handle(), text(message, field), call.app().appid(), call.now())
                        .isPresent()
                ? OptionalInt.empty()
                : OptionalInt.of(40007);
    }

    private static OptionalInt missing(JsonObject message, String... fields) {
        for (String field : fields) {
            if (text(message, field).isEmpty()) {
                return OptionalInt.of(40097);
            }
        }
        return OptionalInt.empty();
    }

    private static String text(JsonObject message, String field) {
        return message.getValue(field) instanceof String text ? text : "";
    }
}
