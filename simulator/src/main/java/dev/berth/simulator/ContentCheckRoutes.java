package dev.berth.simulator;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;

/** What the content check takes for risky, and what it found. */
final class ContentCheckRoutes implements ControlRoutes {
    private final World world;

    ContentCheckRoutes(World world) {
        this.world = world;
    }

    @Override
    public void mount(ControlRouter router) {
        router.get("risky-words", call -> words());
        router.put("risky-words", this::putWords);
        router.get("apps/:appid/media-checks", this::mediaChecks);
    }

    private Future<JsonObject> words() {
        return world.database()
                .inTransaction(handle -> new JsonObject().put("words", RiskyWords.json(RiskyWords.all(handle))));
    }

    private Future<JsonObject> putWords(RoutingContext call) {
        List<RiskyWord> words =
                ControlJson.read(call, Set.of("words")).objects("words", Set.of("word", "suggest", "label")).stream()
                        .map(ContentCheckRoutes::word)
                        .toList();
        return world.database().inTransaction(handle -> {
            RiskyWords.replace(handle, words);
            return new JsonObject().put("words", RiskyWords.json(words));
        });
    }

    private Future<JsonObject> mediaChecks(RoutingContext call) {
        String appid = call.pathParam("appid");
        return world.database().inTransaction(handle -> {
            Apps.get(handle, appid);
            return new JsonObject().put("events", ControlAnswer.array(MediaChecks.of(handle, appid)));
        });
    }

    private static RiskyWord word(ControlJson json) {
        int label = Math.clamp(json.integer("label").orElse((long) RiskyWord.OTHER), 0, Integer.MAX_VALUE);
        return ControlJson.valid(() ->
                new RiskyWord(json.required("word"), json.optional("suggest").orElse("risky"), label));
    }
}
