package dev.berth.server;

/** How the server's own log is written. */
public enum LogFormat {
    /** For people: one line a record, and what belongs to it indented below. */
    TEXT,
    /** For programs: one JSON object a line. */
    JSON
}
