package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Help.Ansi;

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
        String text = field.isContainerNode() ? "" : field.asText("").replaceAll("\\s*\\p{Cntrl}\\s*", " ");
        return text.isBlank() || field.isNull() ? "-" : text;
    }

    /** Separated by commas. */
    static String list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(Table::cell).collect(Collectors.joining(", "));
    }

    /** An instant without what is finer than milliseconds. */
    static String time(JsonNode field) {
        return cell(field).replaceFirst("(\\.\\d{3})\\d*Z$", "$1Z");
    }

    void print(PrintStream out) {
        int[] widths =
                IntStream.range(0, rows.getFirst().length).map(this::width).toArray();
        rows.forEach(row -> out.println(line(row, widths)));
    }

    private static String line(String[] row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.length; column++) {
            line.append(row[column]).repeat(' ', widths[column] - width(row[column]) + GAP);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> width(row[column])).max().orElse(0);
    }

    private static int width(String cell) {
        return Ansi.OFF.new Text(cell).getCJKAdjustedLength();
    }
}
