package dev.berth.cli;

import dev.berth.core.Problem;
import java.io.PrintStream;

/** The one form in which every error is told. */
record ProblemPrinter(PrintStream err) {
    void print(Problem problem) {
        err.println("error: " + problem.message());
        if (!problem.hint().isBlank()) {
            err.println("  → " + problem.hint());
        }
        err.flush();
    }
}
