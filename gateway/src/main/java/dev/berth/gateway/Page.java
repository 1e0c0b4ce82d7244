package dev.berth.gateway;

/** A file that the gateway serves itself. The bytes are not copied and must not change. */
@SuppressWarnings("ArrayRecordComponent")
public record Page(String contentType, byte[] body) {}
