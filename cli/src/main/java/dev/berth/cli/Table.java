package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;

/** Aligned columns; a Chinese character takes two places. */
final class Table {
    private static final int GAP = 2;

    private final List<String[]> rows = new ArrayList<>();

    Table(String... header) {
        rows.add(header);
    }

    Table row(String... cells) {
        rows.add(cells);
        return this;
    }

    /** A field as a cell; {@code -} stands for nothing. */
    static String cell(JsonNode field) {
        String text = field.isContainerNode() ? "" : field.asText("").replaceAll("\\p{Cntrl}", " ");
        return text.isBlank() || field.isNull() ? "-" : text;
    }

    void print(PrintStream out) {
        Column[] columns = IntStream.range(0, rows.getFirst().length)
                .mapToObj(column -> new Column(width(column) + GAP, 0, Column.Overflow.TRUNCATE))
                .toArray(Column[]::new);
        TextTable table = TextTable.forColumns(Help.defaultColorScheme(Ansi.OFF), columns);
        table.setAdjustLineBreaksForWideCJKCharacters(true);
        rows.forEach(table::addRowValues);
        table.toString().lines().map(String::stripTrailing).forEach(out::println);
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> width(row[column])).max().orElse(0);
    }

    private static int width(String cell) {
        return Ansi.OFF.new Text(cell).getCJKAdjustedLength();
    }
}
