package dev.berth.simulator;

import java.util.Optional;
import java.util.OptionalInt;

/** Temporary media: what customer-service messages show. */
final class MediaApis {
    private static final int ID_LENGTH = 64;
    private static final int MIB = 1024 * 1024;

    private MediaApis() {}

    static Reply upload(ApiCall call) {
        String type = call.query("type");
        OptionalInt limit = limit(call.app().kind(), type);
        if (limit.isEmpty()) {
            return call.denied(40004);
        }
        if (call.media().isEmpty()) {
            return call.denied(41005);
        }
        Media media = call.media().get();
        if (media.content().length() > limit.getAsInt()) {
            return call.denied(sizeError(type));
        }
        Optional<String> contentType = contentType(type, media);
        if (contentType.isEmpty()) {
            return call.denied(40005);
        }
        String id = call.chance().letters(ID_LENGTH);
        StoredMedia stored = new StoredMedia(type, contentType.get(), media.content());
        StoredMedia.put(call.handle(), id, call.app().appid(), stored, call.now());
        return Reply.json(Reply.okBody()
                .put("type", type)
                .put("media_id", id)
                .put("created_at", call.now().getEpochSecond()));
    }

    static Reply download(ApiCall call) {
        return StoredMedia.find(
                        call.handle(), call.query("media_id"), call.app().appid(), call.now())
                .map(media -> (Reply) new Reply.Binary(media.contentType(), media.content()))
                .orElseGet(() -> call.denied(40007));
    }

    /** In bytes; empty for a type that such an app may not upload. */
    private static OptionalInt limit(AppKind app, String type) {
        if (type.equals("image")) {
            return OptionalInt.of(10 * MIB);
        }
        if (app == AppKind.MINI_PROGRAM) {
            return OptionalInt.empty();
        }
        return switch (type) {
            case "voice" -> OptionalInt.of(2 * MIB);
            case "thumb" -> OptionalInt.of(64 * 1024);
            default -> OptionalInt.empty();
        };
    }

    private static int sizeError(String type) {
        return switch (type) {
            case "voice" -> 40010;
            case "thumb" -> 40012;
            default -> 40009;
        };
    }

    private static Optional<String> contentType(String type, Media media) {
        return type.equals("voice")
                ? Optional.of(media.contentType())
                : ImageFormat.of(media.content()).map(ImageFormat::contentType);
    }
}
