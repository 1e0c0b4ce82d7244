package dev.berth.simulator;

import io.vertx.core.buffer.Buffer;

/**
 * An uploaded file.
 *
 * @param field the form field it came in
 * @param fileName as the client named it, perhaps empty
 * @param contentType as the client named it, perhaps empty
 */
record Media(String field, String fileName, String contentType, Buffer content) {}
