package dev.berth.functions;

/**
 * What the function threw.
 *
 * @param name of the JavaScript class, such as {@code TypeError}
 * @param message may be empty
 * @param stack of JavaScript, its first line being name and message; without the lines of Berth's own script
 */
record ThrownError(String name, String message, String stack) {}
