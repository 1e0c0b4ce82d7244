package dev.berth.core;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How an instance of a version is started, as found in its source.
 *
 * @param command program and arguments, looked up in {@code PATH}, run in the working copy
 * @param variables from the source itself (a Dockerfile's {@code ENV}); {@link Settings#variables} win over them
 * @param port the port that the program listens on whatever {@code PORT} says; empty if it honours {@code PORT}
 * @param origin where the command was found, for people, such as {@code Dockerfile CMD}
 */
public record Launch(List<String> command, Map<String, String> variables, OptionalInt port, String origin) {
    public Launch {
        command = List.copyOf(command);
        variables = Map.copyOf(variables);
        requireNonNull(port, "port is null");
        requireNonNull(origin, "origin is null");
        if (command.isEmpty()) {
            throw new IllegalArgumentException("command is empty");
        }
    }

    /** The command as a person would type it. */
    public String line() {
        boolean shell = command.size() == 3
                && command.get(0).equals("sh")
                && command.get(1).equals("-c");
        return shell ? command.get(2) : String.join(" ", command);
    }

    /** Without command and values: they may be secret. */
    @Override
    public String toString() {
        return "Launch[variables=%s, port=%s, origin=%s]".formatted(variables.keySet(), port, origin);
    }
}
