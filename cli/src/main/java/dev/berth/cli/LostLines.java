package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;

/** Lines of services and functions that did not reach their logs. */
final class LostLines {
    private LostLines() {}

    static void print(PrintStream out, JsonNode owners) {
        for (JsonNode owner : owners) {
            long lost = owner.path("lostLogLines").asLong();
            if (lost > 0) {
                out.println("%s: the disk did not take %d line%s of its log"
                        .formatted(Table.cell(owner.path("name")), lost, lost == 1 ? "" : "s"));
                out.println("  → Look at free space and permissions of logs in the data folder: ./berth doctor");
            }
        }
    }
}
