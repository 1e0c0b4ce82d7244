package dev.berth.cli;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** picocli, told where to print, how to make commands, and what an error looks like. */
final class BerthCommandLine {
    private static final int HELP_WIDTH = 110;

    private BerthCommandLine() {}

    static CommandLine in(Shell shell) {
        ProblemPrinter problems = new ProblemPrinter(shell.err());
        return new CommandLine(new BerthCommand(), new InjectShell(shell))
                .setOut(writer(shell.out()))
                .setErr(writer(shell.err()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(ansi(shell)))
                .setUsageHelpWidth(HELP_WIDTH)
                .setAdjustLineBreaksForWideCJKCharacters(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false) // @FILE is data here, not a file of arguments
                .setParameterExceptionHandler((wrong, args) -> {
                    problems.print(wrongUsage(wrong));
                    return ExitCode.WRONG_USAGE;
                })
                .setExecutionExceptionHandler((thrown, command, parsed) -> {
                    problems.print(thrown instanceof BerthException known ? known.problem() : unexpected(thrown));
                    return ExitCode.REFUSED;
                });
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    private static Ansi ansi(Shell shell) {
        return Terminal.console().isPresent() && !shell.environment().containsKey("NO_COLOR") ? Ansi.ON : Ansi.OFF;
    }

    private static Problem wrongUsage(ParameterException wrong) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        String help = "See %s --help.".formatted(command);
        String hint = switch (wrong) {
            case WrongUsage known -> known.hint();
            case UnmatchedArgumentException stray
            when stray.getCommandLine().getCommand() instanceof StrayData.Taker taker
                    && new StrayData(stray.getUnmatched()).hint(taker).isPresent() ->
                new StrayData(stray.getUnmatched()).hint(taker).orElseThrow();
            case UnmatchedArgumentException unmatched
            when !unmatched.getSuggestions().isEmpty() ->
                "Did you mean: %s? %s".formatted(String.join(", ", unmatched.getSuggestions()), help);
            default -> help;
        };
        return new Problem("WRONG_USAGE", "cli", oneLine(wrong.getMessage()), hint);
    }

    private static Problem unexpected(Exception thrown) {
        return new Problem(
                "UNEXPECTED",
                "cli",
                "unexpected: " + thrown,
                "This is a defect of Berth; please report it with the command that you typed.");
    }

    private static String oneLine(@Nullable String message) {
        return message == null ? "wrong usage" : message.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    /** Makes commands with the constructor that takes the {@link Shell}, where there is one. */
    private record InjectShell(Shell shell) implements IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                if (Arrays.equals(constructor.getParameterTypes(), new Class<?>[] {Shell.class})) {
                    return type.cast(constructor.newInstance(shell));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
