package dev.berth.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The templates from which apps choose theirs: a few of WeChat's thousands. */
final class PublicTemplates {
    private static final JsonObject SOURCE = new JsonObject(Resources.read("templates.json"));

    private PublicTemplates() {}

    /** Objects of {@code id} and {@code name}. */
    static JsonArray categories() {
        return SOURCE.getJsonArray("categories").copy();
    }

    /** As getpubtemplatetitles has them. */
    static List<JsonObject> titles(List<String> categoryIds) {
        return all().filter(template -> categoryIds.contains(template.getString("categoryId")))
                .map(template -> new JsonObject()
                        .put("tid", template.getInteger("tid"))
                        .put("title", template.getString("title"))
                        .put("type", template.getInteger("type"))
                        .put("categoryId", template.getString("categoryId")))
                .toList();
    }

    /** With its {@code keywords}: objects of {@code kid}, {@code name}, {@code example} and {@code rule}. */
    static Optional<JsonObject> find(String tid) {
        return all().filter(template -> tid.equals(template.getInteger("tid").toString()))
                .map(JsonObject::copy)
                .findFirst();
    }

    private static Stream<JsonObject> all() {
        return SOURCE.getJsonArray("templates").stream().map(JsonObject.class::cast);
    }
}
