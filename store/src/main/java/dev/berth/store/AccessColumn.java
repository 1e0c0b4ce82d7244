package dev.berth.store;

import dev.berth.core.AccessKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The access kinds of a service in one column: {@code MINIAPP,PUBLIC}, or empty for none. */
final class AccessColumn {
    private AccessColumn() {}

    static String format(Set<AccessKind> access) {
        return access.stream().sorted().map(AccessKind::name).collect(Collectors.joining(","));
    }

    static Set<AccessKind> parse(String column) {
        return Arrays.stream(column.split(","))
                .filter(name -> !name.isEmpty())
                .map(AccessKind::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(AccessKind.class)));
    }
}
