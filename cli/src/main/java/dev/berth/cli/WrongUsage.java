package dev.berth.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Wrong usage that picocli cannot see, such as a folder that does not exist. */
final class WrongUsage extends ParameterException {
    private static final long serialVersionUID = 1L;

    private final String hint;

    WrongUsage(CommandLine commandLine, String message, String hint) {
        super(commandLine, message);
        this.hint = hint;
    }

    String hint() {
        return hint;
    }
}
