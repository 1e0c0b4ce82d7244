package dev.berth.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The words that the content check knows; until others are told: WeChat's documented test text and a few neutral ones. */
final class RiskyWords {
    private static final List<RiskyWord> AT_FIRST = List.of(
            new RiskyWord("特3456书yuuo莞6543李zxcz蒜7782法fgnv级", "risky", 20006),
            new RiskyWord("违规测试", "risky", RiskyWord.OTHER),
            new RiskyWord("广告测试", "risky", 10001),
            new RiskyWord("复审测试", "review", RiskyWord.OTHER));

    private RiskyWords() {}

    static List<RiskyWord> all(Handle handle) {
        return handle.createQuery("SELECT words FROM risky_words")
                .mapTo(String.class)
                .findOne()
                .map(words -> new JsonArray(words)
                        .stream()
                                .map(JsonObject.class::cast)
                                .map(RiskyWord::read)
                                .toList())
                .orElse(AT_FIRST);
    }

    static void replace(Handle handle, List<RiskyWord> words) {
        handle.execute(
                "INSERT INTO risky_words (only_row, words) VALUES (1, ?) ON CONFLICT DO UPDATE SET words = excluded.words",
                json(words).encode());
    }

    static JsonArray json(List<RiskyWord> words) {
        return new JsonArray(words.stream().map(RiskyWord::json).toList());
    }

    /** The worst word in a text. */
    static Optional<RiskyWord> in(Handle handle, String text) {
        return all(handle).stream()
                .filter(word -> text.contains(word.word()))
                .max(Comparator.comparing(RiskyWord::risky));
    }
}
