package dev.berth.simulator;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an app is on WeChat. The word is its form in JSON and in the database. */
public enum AppKind {
    MINI_PROGRAM("mini-program"),
    OFFICIAL_ACCOUNT("official-account");

    private final String word;

    AppKind(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    static Optional<AppKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    static String words() {
        return Arrays.stream(values()).map(AppKind::word).collect(Collectors.joining(", "));
    }
}
