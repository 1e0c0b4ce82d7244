package dev.berth.hosting;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The instructions of a Dockerfile, one by one: comments gone, continued lines joined, heredocs skipped. */
final class DockerfileLines {
    private static final Pattern HEREDOC = Pattern.compile("<<-?\\s*([\"']?)([A-Za-z_][A-Za-z0-9_]*)\\1");

    /** @param name in upper case */
    record Instruction(String name, String rest) {}

    private DockerfileLines() {}

    static List<Instruction> of(String text) {
        List<Instruction> instructions = new ArrayList<>();
        Iterator<String> lines = text.lines().iterator();
        while (lines.hasNext()) {
            String line = joined(lines).strip();
            if (line.isEmpty()) {
                continue;
            }
            String[] words = line.split("\\s+", 2);
            Instruction instruction =
                    new Instruction(words[0].toUpperCase(Locale.ROOT), words.length == 2 ? words[1] : "");
            skipHeredocs(instruction, lines);
            instructions.add(instruction);
        }
        return instructions;
    }

    /** A backslash at the end of a line continues it; comments and empty lines in between do not end it. */
    private static String joined(Iterator<String> lines) {
        StringBuilder joined = new StringBuilder();
        while (lines.hasNext()) {
            String line = lines.next();
            String bare = line.strip();
            boolean between = !joined.isEmpty();
            if (bare.startsWith("#") || (between && bare.isEmpty())) {
                if (between) {
                    continue;
                }
                return "";
            }
            String end = line.stripTrailing();
            if (!end.endsWith("\\")) {
                return joined.append(line).toString();
            }
            joined.append(end, 0, end.length() - 1).append(' ');
        }
        return joined.toString();
    }

    private static void skipHeredocs(Instruction instruction, Iterator<String> lines) {
        if (!List.of("RUN", "COPY", "ADD").contains(instruction.name())) {
            return;
        }
        Matcher heredoc = HEREDOC.matcher(instruction.rest());
        while (heredoc.find()) {
            while (lines.hasNext()) {
                if (lines.next().strip().equals(heredoc.group(2))) {
                    break;
                }
            }
        }
    }
}
