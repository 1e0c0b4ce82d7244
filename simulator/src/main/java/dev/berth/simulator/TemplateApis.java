package dev.berth.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How an app chooses its message templates from the public ones ({@code /wxaapi/newtmpl/}). */
final class TemplateApis {
    private static final int ID_LENGTH = 43;
    private static final int FEWEST_KEYWORDS = 2;
    private static final int MOST_KEYWORDS = 5;
    private static final int LONGEST_SCENE = 15;
    private static final int MOST_CATEGORIES = 5;
    private static final int MOST_TITLES = 30;

    private TemplateApis() {}

    static Reply add(ApiCall call) {
        Optional<JsonObject> source =
                PublicTemplates.find(String.valueOf(call.body().getValue("tid")));
        if (source.isEmpty()) {
            return call.denied(200014);
        }
        Optional<List<JsonObject>> keywords = keywords(source.get(), call.body().getValue("kidList"));
        if (keywords.isEmpty()) {
            return call.denied(200020);
        }
        if (call.text("sceneDesc").length() > LONGEST_SCENE) {
            return call.denied(200021);
        }
        String appid = call.app().appid();
        if (Templates.of(call.handle(), appid).size() >= Templates.MOST) {
            return call.denied(200012);
        }
        String id = call.chance().letters(ID_LENGTH);
        Templates.put(
                call.handle(),
                appid,
                new Template(
                        id,
                        source.get().getString("title"),
                        content(keywords.get()),
                        source.get().getInteger("type")));
        return Reply.json(Reply.okBody().put("priTmplId", id));
    }

    static Reply delete(ApiCall call) {
        return Templates.remove(call.handle(), call.app().appid(), call.text("priTmplId"))
                ? Reply.ok()
                : call.denied(200002);
    }

    static Reply list(ApiCall call) {
        JsonArray data = new JsonArray();
        Templates.of(call.handle(), call.app().appid()).forEach(template -> data.add(template.json()));
        return Reply.json(Reply.okBody().put("data", data));
    }

    static Reply categories(ApiCall call) {
        return Reply.json(Reply.okBody().put("data", PublicTemplates.categories()));
    }

    static Reply titles(ApiCall call) {
        if (call.query("ids").isEmpty()) {
            return call.denied(200018);
        }
        List<String> ids = List.of(call.query("ids").split(",", -1));
        if (ids.size() > MOST_CATEGORIES || !ids.stream().allMatch(TemplateApis::isNumber)) {
            return call.denied(200019);
        }
        if (!isNumber(call.query("start"))) {
            return call.denied(200016);
        }
        if (!isNumber(call.query("limit")) || Integer.parseInt(call.query("limit")) > MOST_TITLES) {
            return call.denied(200017);
        }
        List<JsonObject> titles = PublicTemplates.titles(ids);
        JsonArray data = new JsonArray();
        titles.stream()
                .skip(Integer.parseInt(call.query("start")))
                .limit(Integer.parseInt(call.query("limit")))
                .forEach(data::add);
        return Reply.json(Reply.okBody().put("count", titles.size()).put("data", data));
    }

    static Reply keywords(ApiCall call) {
        return PublicTemplates.find(call.query("tid"))
                .map(template -> template.getJsonArray("keywords"))
                .map(keywords ->
                        Reply.json(Reply.okBody().put("count", keywords.size()).put("data", keywords)))
                .orElseGet(() -> call.denied(200014));
    }

    /** The chosen keywords in the order of the choice; empty when the choice is no good. */
    private static Optional<List<JsonObject>> keywords(JsonObject source, Object kidList) {
        if (!(kidList instanceof JsonArray kids) || kids.size() < FEWEST_KEYWORDS || kids.size() > MOST_KEYWORDS) {
            return Optional.empty();
        }
        List<JsonObject> chosen = kids.stream()
                .distinct()
                .flatMap(kid -> source.getJsonArray("keywords").stream()
                        .map(JsonObject.class::cast)
                        .filter(keyword -> keyword.getValue("kid").equals(kid)))
                .toList();
        return chosen.size() == kids.size() ? Optional.of(chosen) : Optional.empty();
    }

    private static String content(List<JsonObject> keywords) {
        return keywords.stream()
                .map(keyword -> "%s:{{%s%d.DATA}}\n"
                        .formatted(keyword.getString("name"), keyword.getString("rule"), keyword.getInteger("kid")))
                .collect(Collectors.joining());
    }

    private static boolean isNumber(String text) {
        return text.matches("[0-9]{1,6}");
    }
}
