package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rows of {@code requests.table}; what stands in it is told at its head. */
final class RequestTable {
    private static final Pattern ROW = Pattern.compile("([^|]+)\\|([^|]+)\\|(.*)");
    private static final Pattern REPEATED = Pattern.compile("\\{(\\d+)×([^}]*)}");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(x[0-9a-f]{2}|.)");

    /** What a caller sends after each row, on the same connection. */
    static final String PROBE = "GET /probe HTTP/1.1\r\n%sConnection: close\r\n\r\n";

    private RequestTable() {}

    /**
     * One row.
     *
     * @param outcomes as the caller sees them: {@code ok}, or the code of a refusal
     * @param ends whether the connection ends after the last of them
     * @param nginxRefuses why Berth passes on what nginx refuses, if so
     */
    record Row(
            String group,
            String name,
            List<String> outcomes,
            boolean ends,
            String bytes,
            Optional<String> nginxRefuses) {
        /** As sent by a caller with these header lines. */
        String bytes(String identity) {
            return bytes.replace("{identity}", identity);
        }

        int served() {
            return (int) outcomes.stream().filter("ok"::equals).count();
        }

        @Override
        public String toString() {
            return group + ": " + name;
        }
    }

    /** One line of a table. */
    record Line(List<String> outcomes, String name, String rest, Optional<String> reason) {}

    static List<Row> rows() {
        return read("requests.table", (group, line) -> {
            List<String> outcomes = new ArrayList<>(line.outcomes());
            boolean ends = outcomes.remove("end") || outcomes.contains("400") || outcomes.contains("40097");
            return new Row(group, line.name(), outcomes, ends, expand(line.rest()), line.reason());
        });
    }

    /** The rows of a table of this form, made of the names of their groups and their lines. */
    static <T> List<T> read(String table, BiFunction<String, Line, T> row) {
        List<T> rows = new ArrayList<>();
        String group = "";
        Optional<String> reason = Optional.empty();
        for (String text : lines(table)) {
            if (text.startsWith("== ")) {
                group = text.substring(3).strip();
            } else if (text.startsWith("nginx refuses: ")) {
                reason = Optional.of(text.substring(15).strip());
            } else if (!text.isBlank() && !text.startsWith("#")) {
                rows.add(row.apply(group, line(table, text, reason)));
                reason = Optional.empty();
            }
        }
        return rows;
    }

    private static List<String> lines(String table) {
        try (InputStream in = RequestTable.class.getResourceAsStream(table)) {
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Line line(String table, String text, Optional<String> reason) {
        Matcher row = ROW.matcher(text);
        if (!row.matches()) {
            throw new IllegalArgumentException(table + ": " + text + " (expected: outcomes | name | rest)");
        }
        return new Line(
                List.of(row.group(1).strip().split(" ", -1)),
                row.group(2).strip(),
                row.group(3).strip(),
                reason);
    }

    private static String expand(String text) {
        String plain = text.replace("{get}", "GET /row HTTP/1.1\\r\\n{alice}")
                .replace("{post}", "POST /row HTTP/1.1\\r\\n{alice}")
                .replace("{smuggled}", "GET /smuggled HTTP/1.1\\r\\n{alice}X-Mallory: 1\\r\\n\\r\\n")
                .replace("{alice}", "Host: gateway.test\\r\\n{identity}");
        return unescapeAll(repeat(plain));
    }

    static String repeat(String text) {
        return REPEATED.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(2).repeat(Integer.parseInt(found.group(1)))));
    }

    static String unescapeAll(String text) {
        return ESCAPE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(unescape(found.group(1))));
    }

    private static String unescape(String escape) {
        return switch (escape.charAt(0)) {
            case 'r' -> "\r";
            case 'n' -> "\n";
            case 't' -> "\t";
            case '0' -> "\0";
            case '\\' -> "\\";
            case 's' -> " ";
            case 'x' -> String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
            default -> throw new IllegalArgumentException("\\" + escape + " (expected: r n t 0 s xHH)");
        };
    }
}
