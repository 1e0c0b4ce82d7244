package dev.berth.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/** Whether texts and pictures are fit to be shown. What is not is told by {@link RiskyWords}. */
final class ContentCheckApis {
    private static final int LONGEST_TEXT = 2500;
    private static final int LONGEST_TEXT_BYTES_V1 = 500 * 1024;
    private static final int LARGEST_IMAGE = 1024 * 1024;
    private static final int PROBABILITY = 90;

    private ContentCheckApis() {}

    static Reply text(ApiCall call) {
        return isVersion2(call) ? textV2(call) : textV1(call);
    }

    /** OA-48: 87014. A picture is risky when a word is in its file's name or among its bytes. */
    static Reply image(ApiCall call) {
        if (call.media().isEmpty()) {
            return call.denied(41005);
        }
        Media media = call.media().get();
        if (media.content().length() > LARGEST_IMAGE) {
            return call.denied(40006);
        }
        if (ImageFormat.of(media.content()).isEmpty()) {
            return call.denied(40005);
        }
        return v1(call, media.fileName() + "\n" + media.content().toString(StandardCharsets.UTF_8));
    }

    /** The verdict comes later, as an event; it follows from the words in the address. */
    static Reply mediaLater(ApiCall call) {
        OptionalInt flaw = flawOfVisitor(call);
        if (flaw.isPresent()) {
            return call.denied(flaw.getAsInt());
        }
        if (!(call.body().getValue("media_type") instanceof Number type)
                || type.intValue() < 1
                || type.intValue() > 2) {
            return call.denied(40004);
        }
        String url = call.text("media_url");
        if (!url.startsWith("http://") && !url.startsWith("https://")) {
            return call.denied(40066);
        }
        String traceId = Rid.fresh(call.now(), call.chance());
        JsonObject event = MediaChecks.event(
                call.app(), call.text("openid"), traceId, verdict(RiskyWords.in(call.handle(), url)), call.now());
        MediaChecks.add(call.handle(), call.app().appid(), traceId, event);
        return Reply.json(Reply.okBody().put("trace_id", traceId));
    }

    private static Reply textV1(ApiCall call) {
        String content = call.text("content");
        if (content.isEmpty()) {
            return call.denied(44004);
        }
        return content.getBytes(StandardCharsets.UTF_8).length > LONGEST_TEXT_BYTES_V1
                ? call.denied(45002)
                : v1(call, content);
    }

    private static Reply v1(ApiCall call, String text) {
        return RiskyWords.in(call.handle(), text).filter(RiskyWord::risky).isPresent()
                ? call.denied(87014)
                : Reply.ok();
    }

    private static Reply textV2(ApiCall call) {
        OptionalInt flaw = flawOfVisitor(call);
        if (flaw.isPresent()) {
            return call.denied(flaw.getAsInt());
        }
        String content = call.text("content");
        if (content.isEmpty()) {
            return call.denied(44004);
        }
        if (content.length() > LONGEST_TEXT) {
            return call.denied(45002);
        }
        String all = String.join("\n", content, call.text("title"), call.text("nickname"), call.text("signature"));
        JsonObject verdict = verdict(RiskyWords.in(call.handle(), all));
        return Reply.json(Reply.okBody().mergeIn(verdict).put("trace_id", Rid.fresh(call.now(), call.chance())));
    }

    /** {@code result} and {@code detail}. */
    private static JsonObject verdict(Optional<RiskyWord> word) {
        String suggest = word.map(RiskyWord::suggest).orElse("pass");
        int label = word.map(RiskyWord::label).orElse(RiskyWord.NOTHING);
        JsonArray detail =
                new JsonArray().add(detail("content_model", suggest, label).put("prob", PROBABILITY));
        word.ifPresent(hit -> detail.add(
                detail("keyword", suggest, label).put("level", PROBABILITY).put("keyword", hit.word())));
        return new JsonObject()
                .put("result", new JsonObject().put("suggest", suggest).put("label", label))
                .put("detail", detail);
    }

    private static JsonObject detail(String strategy, String suggest, int label) {
        return new JsonObject()
                .put("strategy", strategy)
                .put("errcode", 0)
                .put("suggest", suggest)
                .put("label", label);
    }

    private static OptionalInt flawOfVisitor(ApiCall call) {
        String openid = call.text("openid");
        if (People.withOpenid(call.handle(), call.app(), openid).isEmpty()) {
            return OptionalInt.of(People.isOpenid(call.handle(), openid) ? 43104 : 40003);
        }
        boolean scene =
                call.body().getValue("scene") instanceof Number given && given.intValue() >= 1 && given.intValue() <= 4;
        return scene ? OptionalInt.empty() : OptionalInt.of(40129);
    }

    private static boolean isVersion2(ApiCall call) {
        return call.body().getValue("version") instanceof Number version && version.intValue() == 2;
    }
}
