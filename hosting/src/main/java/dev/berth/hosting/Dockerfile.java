package dev.berth.hosting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.artifacts.JsonFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the last stage of a Dockerfile says about how its program is started. Not an image builder: {@code RUN},
 * {@code COPY} and all else that needs a container is passed over, as Docker's own reference defines the rest:
 * <a href="https://docs.docker.com/reference/dockerfile/">docs.docker.com/reference/dockerfile</a>.
 *
 * @param command {@code ENTRYPOINT} and {@code CMD} together; empty if neither is given
 * @param variables {@code ENV}, expanded
 * @param workdir absolute, without a slash at its end; {@code /} if never given
 */
record Dockerfile(List<String> command, Map<String, String> variables, String workdir) {
    static Dockerfile parse(String text) {
        Map<String, Stage> stages = new HashMap<>();
        Map<String, String> arguments = new HashMap<>();
        Stage stage = new Stage();
        for (DockerfileLines.Instruction instruction : DockerfileLines.of(text)) {
            String rest = instruction.rest();
            switch (instruction.name()) {
                case "FROM" -> stage = from(rest, arguments, stages);
                case "ARG" -> stage.arg(rest, arguments);
                case "ENV" ->
                    stage.variables.putAll(DockerfileVariables.assignments(rest, stage.known(), stage.variables));
                case "WORKDIR" -> stage.workdir(DockerfileVariables.expand(unquoted(rest), stage.known()));
                case "SHELL" -> stage.shell = array(rest).orElse(stage.shell);
                case "CMD" -> stage.cmd = new Command(rest, array(rest));
                case "ENTRYPOINT" -> stage.entrypoint = new Command(rest, array(rest));
                default -> {} // builds the image, or says something about it
            }
        }
        return new Dockerfile(stage.command(), Map.copyOf(stage.variables), stage.workdir);
    }

    private static Stage from(String rest, Map<String, String> arguments, Map<String, Stage> stages) {
        List<String> words = new ArrayList<>(List.of(rest.split("\\s+")));
        words.removeIf(word -> word.startsWith("--"));
        String image = words.isEmpty() ? "" : DockerfileVariables.expand(words.get(0), arguments);
        Stage parent = stages.get(image.toLowerCase(Locale.ROOT));
        Stage stage = parent == null ? new Stage() : parent.copy();
        if (words.size() == 3 && words.get(1).equalsIgnoreCase("AS")) {
            stages.put(words.get(2).toLowerCase(Locale.ROOT), stage);
        }
        return stage;
    }

    /** The exec form; what is not a JSON array of texts is the shell form. */
    private static Optional<List<String>> array(String rest) {
        if (!rest.startsWith("[")) {
            return Optional.empty();
        }
        try {
            JsonNode json = JsonFile.MAPPER.readTree(rest);
            List<String> texts = new ArrayList<>();
            for (JsonNode element : json) {
                if (!element.isTextual()) {
                    return Optional.empty();
                }
                texts.add(element.asText());
            }
            return Optional.of(texts);
        } catch (JsonProcessingException notTheExecForm) {
            return Optional.empty();
        }
    }

    private static String unquoted(String text) {
        return text.strip().replaceAll("^([\"'])(.*)\\1$", "$2");
    }

    private record Command(String text, Optional<List<String>> exec) {
        static final Command NONE = new Command("", Optional.of(List.of()));

        List<String> in(List<String> shell) {
            return exec.orElseGet(() -> {
                List<String> command = new ArrayList<>(shell);
                command.add(text.strip());
                return command;
            });
        }
    }

    /** One {@code FROM} and what follows it, while it is read. */
    private static final class Stage {
        private final Map<String, String> variables = new HashMap<>();
        private final Map<String, String> arguments = new HashMap<>();
        private List<String> shell = List.of("sh", "-c");
        private String workdir = "/";
        private Command cmd = Command.NONE;
        private Command entrypoint = Command.NONE;

        Stage copy() {
            Stage copy = new Stage();
            copy.variables.putAll(variables);
            copy.shell = shell;
            copy.workdir = workdir;
            copy.cmd = cmd;
            copy.entrypoint = entrypoint;
            return copy;
        }

        /** ENV wins over ARG. */
        Map<String, String> known() {
            Map<String, String> known = new HashMap<>(arguments);
            known.putAll(variables);
            return known;
        }

        void arg(String rest, Map<String, String> global) {
            String[] nameAndDefault = rest.split("=", 2);
            String name = nameAndDefault[0].strip();
            String value = nameAndDefault.length == 2
                    ? DockerfileVariables.expand(unquoted(nameAndDefault[1]), known())
                    : global.getOrDefault(name, "");
            arguments.put(name, value);
            global.putIfAbsent(name, value);
        }

        void workdir(String path) {
            String joined = path.startsWith("/") ? path : workdir + "/" + path;
            String tidy = joined.replaceAll("/(\\./)*/*", "/").replaceAll("(?<=.)/\\.?$", "");
            workdir = tidy.isEmpty() ? "/" : tidy;
        }

        List<String> command() {
            if (entrypoint.exec().isEmpty()) {
                return entrypoint.in(shell); // a shell-form ENTRYPOINT takes no arguments from CMD
            }
            List<String> command = new ArrayList<>(entrypoint.in(shell));
            command.addAll(cmd.in(shell));
            return List.copyOf(command);
        }
    }
}
