package dev.berth.functions;

import java.util.Optional;

/** Knows whether a timer's expression can be read. */
@FunctionalInterface
interface CronCheck {
    /** What is wrong with an expression of seven fields (HO-61), for people; empty if nothing is. */
    Optional<String> fault(String expression);
}
