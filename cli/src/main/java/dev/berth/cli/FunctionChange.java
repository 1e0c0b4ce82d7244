package dev.berth.cli;

import java.nio.file.Path;

/**
 * What happened to a function on disk.
 *
 * @param kind as it is when this is told
 */
record FunctionChange(String name, Path folder, Kind kind) {
    enum Kind {
        /** New, or not as it was. */
        CHANGED,
        /** Its folder is there, but not the file of its handler. Told once. */
        WITHOUT_HANDLER,
        /** Its folder is not there any more. */
        GONE
    }
}
