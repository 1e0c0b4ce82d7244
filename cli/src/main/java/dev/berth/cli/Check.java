package dev.berth.cli;

import java.util.List;

/** One thing that {@code berth doctor} looks at. */
@FunctionalInterface
interface Check {
    List<Finding> look();
}
