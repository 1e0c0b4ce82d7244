package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The shares of a release in words: {@code demo-002}, or {@code demo-002 80 % · demo-003 20 %}. */
final class Traffic {
    private Traffic() {}

    /** @param owner has the field {@code shares} */
    static String of(JsonNode owner) {
        List<JsonNode> shares = new ArrayList<>();
        owner.path("shares").forEach(shares::add);
        shares.removeIf(share -> share.path("weight").asInt() == 0);
        if (shares.size() == 1) {
            return Table.cell(shares.getFirst().path("version"));
        }
        shares.sort(Comparator.comparingInt(share -> -share.path("weight").asInt()));
        return shares.isEmpty()
                ? "-"
                : String.join(
                        " · ",
                        shares.stream()
                                .map(share -> "%s %d %%"
                                        .formatted(
                                                Table.cell(share.path("version")),
                                                share.path("weight").asInt()))
                                .toList());
    }
}
