/** Configuration, wiring and the management API (docs/management-api.md). The only room that knows all the others. */
@NullMarked
package dev.berth.server;

import org.jspecify.annotations.NullMarked;
