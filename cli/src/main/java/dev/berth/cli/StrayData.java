package dev.berth.cli;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What somebody typed behind the arguments of a command that takes data with {@code -d} only. */
record StrayData(List<String> arguments) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9@%_+=:,./-]+");
    private static final int LONGEST_SHOWN = 60;

    /** Of a command that takes data. */
    interface Taker {
        /** How it is typed with data, such as {@code berth invoke sum -d '{}'}; {@code quoted} is that data for a shell. */
        String with(String quoted);

        /** What the data is, such as the event. */
        String what();
    }

    /** What to do; empty if it is no data. */
    Optional<String> hint(Taker taker) {
        if (arguments.isEmpty() || arguments.stream().anyMatch(argument -> argument.startsWith("-"))) {
            return Optional.empty();
        }
        if (arguments.size() > 1 || arguments.getFirst().length() > LONGEST_SHOWN) {
            return Optional.of("%s goes with -d, in quotes: %s".formatted(taker.what(), taker.with("'{\"a\":1}'")));
        }
        return Optional.of("%s goes with -d: %s".formatted(taker.what(), taker.with(quoted(arguments.getFirst()))));
    }

    /** For a POSIX shell. */
    static String quoted(String argument) {
        return PLAIN.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
