package dev.berth.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/** Messages to users who have consented to them, template by template. */
final class SubscribeMessageApis {
    private static final Set<String> STATES = Set.of("", "developer", "trial", "formal");
    private static final Set<String> LANGUAGES = Set.of("", "zh_CN", "en_US", "zh_HK", "zh_TW");

    private SubscribeMessageApis() {}

    /** OA-48: 40003, 40037, 41030, 47003, 43101. A message that is refused uses up no consent. */
    static Reply send(ApiCall call) {
        String appid = call.app().appid();
        Optional<User> user = People.withOpenid(call.handle(), call.app(), call.text("touser"));
        if (user.isEmpty()) {
            return call.denied(40003);
        }
        Optional<Template> template = Templates.find(call.handle(), appid, call.text("template_id"));
        if (template.isEmpty()) {
            return call.denied(40037);
        }
        if (!isPage(call, call.text("page"))) {
            return call.denied(41030);
        }
        Optional<String> flaw = flaw(call, template.get());
        if (flaw.isPresent()) {
            return Reply.denied(47003, "argument invalid! " + flaw.get());
        }
        if (!Subscriptions.use(
                call.handle(), appid, user.get().name(), template.get().id())) {
            return call.denied(43101);
        }
        Inbox.add(
                call.handle(),
                user.get().name(),
                appid,
                Inbox.Kind.SUBSCRIBE_MESSAGE,
                content(call, template.get()),
                call.now());
        return Reply.ok();
    }

    /** Of a mini program; an official account's message leads to any web address. */
    private static boolean isPage(ApiCall call, String page) {
        return page.isEmpty()
                || call.app().kind() == AppKind.OFFICIAL_ACCOUNT
                || AppPages.existsWithQuery(call.handle(), call.app().appid(), page);
    }

    private static Optional<String> flaw(ApiCall call, Template template) {
        if (!STATES.contains(call.text("miniprogram_state"))) {
            return Optional.of("miniprogram_state invalid");
        }
        if (!LANGUAGES.contains(call.text("lang"))) {
            return Optional.of("lang invalid");
        }
        for (Keyword keyword : template.keywords()) {
            String value = value(call, keyword);
            if (value.isEmpty()) {
                return Optional.of("data.%s.value is empty".formatted(keyword.name()));
            }
            if (!keyword.rule().allows(value)) {
                return Optional.of("data.%s.value invalid".formatted(keyword.name()));
            }
        }
        return Optional.empty();
    }

    private static JsonObject content(ApiCall call, Template template) {
        JsonArray lines = new JsonArray();
        for (Keyword keyword : template.keywords()) {
            lines.add(new JsonObject()
                    .put("label", keyword.label())
                    .put("name", keyword.name())
                    .put("value", value(call, keyword)));
        }
        return new JsonObject()
                .put("template", template.id())
                .put("title", template.title())
                .put("lines", lines)
                .put("page", call.text("page"))
                .put("state", call.text("miniprogram_state").isEmpty() ? "formal" : call.text("miniprogram_state"));
    }

    /** Empty when it is missing; a number is taken for its digits. */
    private static String value(ApiCall call, Keyword keyword) {
        if (!(call.body().getValue("data") instanceof JsonObject data)
                || !(data.getValue(keyword.name()) instanceof JsonObject given)) {
            return "";
        }
        return switch (given.getValue("value")) {
            case String text -> text;
            case Number number -> number.toString();
            case null, default -> "";
        };
    }
}
