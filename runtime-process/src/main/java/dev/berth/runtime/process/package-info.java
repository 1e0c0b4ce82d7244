/**
 * Instances as plain processes: a process group each, with a working copy of the version's files, a port, and a
 * supervisor that outlives the server just long enough to end them. Plain processes are not walled off from one another.
 */
@NullMarked
package dev.berth.runtime.process;

import org.jspecify.annotations.NullMarked;
