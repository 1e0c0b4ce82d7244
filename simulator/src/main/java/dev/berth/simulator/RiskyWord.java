package dev.berth.simulator;

import io.vertx.core.json.JsonObject;

/**
 * A text in which the content check sees something.
 *
 * @param suggest {@code risky} or {@code review}
 * @param label WeChat's number for what is wrong with it: 10001 advertising, 20001 politics, 20002 pornography, 20003
 *     abuse, 20006 crime, 20008 fraud, 20012 vulgarity, 20013 copyright, 21000 other
 */
record RiskyWord(String word, String suggest, int label) {
    static final int NOTHING = 100;
    static final int OTHER = 21_000;

    RiskyWord {
        if (word.isBlank()) {
            throw new IllegalArgumentException("word: empty (expected: a text)");
        }
        if (!suggest.equals("risky") && !suggest.equals("review")) {
            throw new IllegalArgumentException("suggest: \"%s\" (expected: risky or review)".formatted(suggest));
        }
        if (label <= NOTHING) {
            throw new IllegalArgumentException("label: %d (expected: one of WeChat's, such as 20006)".formatted(label));
        }
    }

    boolean risky() {
        return suggest.equals("risky");
    }

    static RiskyWord read(JsonObject json) {
        return new RiskyWord(json.getString("word"), json.getString("suggest"), json.getInteger("label"));
    }

    JsonObject json() {
        return new JsonObject().put("word", word).put("suggest", suggest).put("label", label);
    }
}
