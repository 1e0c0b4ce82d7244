package dev.berth.server;

import dev.berth.core.NearestName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * One YAML text as configuration. It is read as nodes, which know their lines, and only two levels deep: whatever a file
 * refers to by anchors is never unfolded.
 */
final class ConfigYaml {
    private static final int LONGEST_SHOWN = 60;

    private final String name;
    private final String text;
    private final ConfigFindings findings;
    private final Map<String, String> seen = new HashMap<>();

    /** @param name of the file, for the messages */
    ConfigYaml(String name, String text, ConfigFindings findings) {
        this.name = name;
        this.text = text;
        this.findings = findings;
    }

    void read() {
        try {
            LoaderOptions limits = new LoaderOptions();
            compose(limits).ifPresent(this::readFile);
        } catch (MarkedYAMLException e) {
            String where = e.getProblemMark() == null
                    ? name
                    : "%s:%d:%d"
                            .formatted(
                                    name,
                                    e.getProblemMark().getLine() + 1,
                                    e.getProblemMark().getColumn() + 1);
            findings.fault(where, "no YAML: " + explain(e));
        } catch (YAMLException e) {
            findings.fault(name, "no YAML: " + String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " "));
        }
    }

    private Optional<Node> compose(LoaderOptions limits) {
        ParserImpl parser = new ParserImpl(new StreamReader(text), limits);
        return Optional.ofNullable(new Composer(parser, new Resolver(), limits).getSingleNode());
    }

    private static String explain(MarkedYAMLException e) {
        String problem = String.valueOf(e.getProblem());
        return problem.contains("TAB") ? "a tab (expected: spaces, also for indentation)" : problem;
    }

    private void readFile(Node root) {
        if (root instanceof MappingNode keys) {
            keys.getValue().forEach(entry -> readEntry("", entry));
        } else if (!isNothing(root)) {
            findings.fault(at(root), "no keys (expected: such as gateway: {port: 7080})");
        }
    }

    private void readEntry(String section, NodeTuple entry) {
        if (!(entry.getKeyNode() instanceof ScalarNode keyNode)) {
            findings.fault(at(entry.getKeyNode()), section + shown(entry.getKeyNode()) + ": no key (expected: a word)");
            return;
        }
        String key = section + keyNode.getValue();
        String first = seen.putIfAbsent(key, at(keyNode));
        Node value = entry.getValueNode();
        if (first != null) {
            findings.fault(at(keyNode), "%s: written twice (first at %s)".formatted(key, first));
        } else if (isKey(section, keyNode.getValue())) {
            readValue(key, value);
        } else if (section.isEmpty() && isSection(key)) {
            readSection(key, value);
        } else if (findings.values().containsKey(key)) {
            findings.fault(at(keyNode), key + ": this is written " + key.replace(".", ": {") + ": …}");
        } else {
            findings.fault(at(keyNode), unknown(section, keyNode.getValue()));
        }
    }

    private boolean isKey(String section, String name) {
        return !name.contains(".") && findings.values().containsKey(section + name);
    }

    private boolean isSection(String key) {
        return findings.values().keySet().stream().anyMatch(known -> known.startsWith(key + "."));
    }

    private void readSection(String section, Node value) {
        if (value instanceof MappingNode keys) {
            keys.getValue().forEach(entry -> readEntry(section + ".", entry));
        } else if (!isNothing(value)) { // a section may be left empty
            findings.fault(at(value), "%s: %s (expected: a section with keys)".formatted(section, shown(value)));
        }
    }

    private String unknown(String section, String key) {
        List<String> known = findings.values().keySet().stream()
                .filter(path -> path.startsWith(section))
                .map(path -> path.substring(section.length()).replaceAll("\\..*", ""))
                .distinct()
                .sorted()
                .toList();
        String bounded = key.length() > LONGEST_SHOWN ? key.substring(0, LONGEST_SHOWN) + "…" : key;
        return "%s%s: unknown key%s (expected one of: %s)"
                .formatted(
                        section,
                        bounded,
                        NearestName.to(bounded, known)
                                .map("; did you mean '%s'?"::formatted)
                                .orElse(""),
                        String.join(", ", known));
    }

    private void readValue(String key, Node node) {
        SequencedMap<String, Object> values = findings.values();
        Object present = values.getOrDefault(key, "");
        parse(node, present)
                .ifPresentOrElse(
                        value -> findings.accept(at(node), key, value),
                        () -> findings.refuse(at(node), key, shown(node)));
    }

    private static Optional<Object> parse(Node node, Object present) {
        if (present instanceof List<?>) {
            return texts(node).map(Object.class::cast);
        }
        if (!(node instanceof ScalarNode scalar) || isNothing(node)) {
            return Optional.empty();
        }
        boolean bare = scalar.getScalarStyle() == ScalarStyle.PLAIN;
        boolean fits = switch (present) {
            case Integer number -> bare;
            case Boolean flag -> bare;
            case Enum<?> constant -> true; // off is no text to YAML 1.1
            default -> !bare || scalar.getTag().equals(Tag.STR);
        };
        return fits ? ConfigText.parse(scalar.getValue(), present) : Optional.empty();
    }

    private static Optional<List<String>> texts(Node node) {
        if (!(node instanceof SequenceNode list)) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        for (Node item : list.getValue()) {
            if (!(item instanceof ScalarNode scalar) || !scalar.getTag().equals(Tag.STR)) {
                return Optional.empty();
            }
            texts.add(scalar.getValue());
        }
        return Optional.of(List.copyOf(texts));
    }

    private static boolean isNothing(Node node) {
        return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
    }

    private String at(Node node) {
        return "%s:%d:%d"
                .formatted(
                        name,
                        node.getStartMark().getLine() + 1,
                        node.getStartMark().getColumn() + 1);
    }

    /** As it is written, in one line. */
    private String shown(Node node) {
        int from = text.offsetByCodePoints(0, node.getStartMark().getIndex());
        int to = text.offsetByCodePoints(0, node.getEndMark().getIndex());
        String written = text.substring(from, to).strip().replaceAll("\\s+", " ");
        if (written.isEmpty()) {
            return "nothing";
        }
        return written.length() > LONGEST_SHOWN ? written.substring(0, LONGEST_SHOWN) + "…" : written;
    }
}
