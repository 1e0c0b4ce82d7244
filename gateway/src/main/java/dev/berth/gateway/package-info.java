/**
 * The front door (docs/design.md, section 2). {@link dev.berth.gateway.NativeCall} is the way of one call, to be read
 * from top to bottom; everything here runs on event loops and never blocks.
 */
@NullMarked
package dev.berth.gateway;

import org.jspecify.annotations.NullMarked;
