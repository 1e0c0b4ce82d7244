package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a function asks for, as cells of a table; from the function or from the settings of a version. */
record FunctionCells(JsonNode settings) {
    private static final int PERMISSIONS_SHOWN = 2;

    String timeout() {
        return Table.cell(settings.path("timeout")) + " s";
    }

    String memory() {
        return Table.cell(settings.path("memory")) + " MB";
    }

    /** {@code security.msgSecCheck, subscribeMessage.send, +3}. */
    String permissions() {
        List<String> cells = new ArrayList<>();
        settings.path("permissions").forEach(name -> cells.add(Table.cell(name)));
        if (cells.size() > PERMISSIONS_SHOWN + 1) {
            int more = cells.size() - PERMISSIONS_SHOWN;
            cells.subList(PERMISSIONS_SHOWN, cells.size()).clear();
            cells.add("+" + more);
        }
        return cells.isEmpty() ? "-" : String.join(", ", cells);
    }

    /** {@code everyDay: 0 0 2 * * * *}. */
    String trigger() {
        List<String> cells = new ArrayList<>();
        settings.path("triggers")
                .forEach(trigger ->
                        cells.add(Table.cell(trigger.path("name")) + ": " + Table.cell(trigger.path("cron"))));
        return cells.isEmpty() ? "-" : String.join(", ", cells);
    }
}
