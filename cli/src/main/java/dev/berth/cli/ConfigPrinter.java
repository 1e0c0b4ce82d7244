package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Settings as YAML, each with a comment that says where it comes from. */
final class ConfigPrinter {
    /** Text that YAML takes for nothing else. */
    private static final Pattern PLAIN =
            Pattern.compile("(?!true$|false$|null$|yes$|no$|on$|y$|n$)[A-Za-z/.][A-Za-z0-9/._-]*");

    /** What begins with a digit and is no number: a time, a size, an address, a range. */
    private static final Pattern UNIT =
            Pattern.compile("[0-9]+(ms|s|m|h|d|B|KiB|MiB|GiB)|[0-9]+(\\.[0-9]+){3}|[0-9]+-[0-9]+");

    private record Line(String text, String source) {}

    private final List<Line> lines = new ArrayList<>();

    /** @param configuration as {@code GET /api/v1/config} answers it */
    ConfigPrinter(JsonNode configuration) {
        String section = "";
        for (JsonNode setting : configuration.path("settings")) {
            String key = setting.path("key").asText();
            int dot = key.indexOf('.');
            String inside = key.substring(0, Math.max(dot, 0));
            if (!inside.isEmpty() && !inside.equals(section)) {
                lines.add(new Line(inside + ":", ""));
            }
            section = inside;
            lines.add(new Line(
                    (dot < 0 ? "" : "  ") + key.substring(dot + 1) + ": " + yaml(setting.path("value")),
                    setting.path("source").asText()));
        }
    }

    void printTo(PrintStream out) {
        int width = lines.stream()
                .filter(line -> !line.source().isEmpty())
                .mapToInt(line -> line.text().length())
                .max()
                .orElse(0);
        for (Line line : lines) {
            out.println(
                    line.source().isEmpty()
                            ? line.text()
                            : "%s%s  # %s"
                                    .formatted(
                                            line.text(),
                                            " ".repeat(width - line.text().length()),
                                            line.source()));
        }
    }

    private static String yaml(JsonNode value) {
        if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach(item -> items.add(yaml(item)));
            return "[" + String.join(", ", items) + "]";
        }
        if (!value.isTextual()) {
            return value.asText();
        }
        String text = value.asText();
        return PLAIN.matcher(text).matches() || UNIT.matcher(text).matches()
                ? text
                : "'" + text.replace("'", "''") + "'";
    }
}
