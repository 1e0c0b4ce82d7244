/** The packaged platform, started and called as a user would. Nothing here knows a room of Berth. */
@NullMarked
package dev.berth.acceptance;

import org.jspecify.annotations.NullMarked;
