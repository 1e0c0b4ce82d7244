@NullMarked
package dev.berth.simulator;

import org.jspecify.annotations.NullMarked;
