/**
 * The words of Berth (docs/design.md, section 1) as immutable records, the limits and errors of docs/spec, and the
 * ports through which rooms meet. Knows the JDK and JSpecify only, does no I/O and reads no clock.
 */
@NullMarked
package dev.berth.core;

import org.jspecify.annotations.NullMarked;
