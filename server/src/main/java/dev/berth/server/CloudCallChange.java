package dev.berth.server;

import dev.berth.core.CloudCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What became different in the settings of an environment. As text for people, such as {@code added /wxa/msg_sec_check}. */
record CloudCallChange(CloudCall before, CloudCall after) {
    private static final int SHOWN = 10;

    boolean isNone() {
        return before.equals(after);
    }

    Set<String> added() {
        return without(after.paths(), before.paths());
    }

    Set<String> removed() {
        return without(before.paths(), after.paths());
    }

    private static Set<String> without(Set<String> paths, Set<String> others) {
        Set<String> rest = new TreeSet<>(paths);
        rest.removeAll(others);
        return rest;
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (before.on() != after.on()) {
            parts.add(after.on() ? "switched on" : "switched off");
        }
        if (before.tokens() != after.tokens()) {
            parts.add(after.tokens() ? "token file on" : "token file off");
        }
        if (!added().isEmpty()) {
            parts.add("added " + shown(added()));
        }
        if (!removed().isEmpty()) {
            parts.add("removed " + shown(removed()));
        }
        return parts.isEmpty() ? "nothing" : String.join("; ", parts);
    }

    private static String shown(Set<String> paths) {
        String first = paths.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return paths.size() <= SHOWN ? first : "%s and %d more".formatted(first, paths.size() - SHOWN);
    }
}
