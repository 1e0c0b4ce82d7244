/** What services and functions write: kept in bounded files, read and followed. */
@NullMarked
package dev.berth.logs;

import org.jspecify.annotations.NullMarked;
