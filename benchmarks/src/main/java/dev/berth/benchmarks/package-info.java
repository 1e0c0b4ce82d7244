/** Load benchmarks of the packaged platform, each with its yardstick beside it, in the same run. */
@NullMarked
package dev.berth.benchmarks;

import org.jspecify.annotations.NullMarked;
