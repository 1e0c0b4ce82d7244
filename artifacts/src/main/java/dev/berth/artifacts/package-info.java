/** The files of versions: an upload is unpacked, its dependencies are installed, and it is placed as a whole or not at all. */
@NullMarked
package dev.berth.artifacts;

import org.jspecify.annotations.NullMarked;
