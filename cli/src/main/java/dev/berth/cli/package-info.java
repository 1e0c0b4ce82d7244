/**
 * The {@code berth} command. Every command but those that run the server speaks to a running one over the management API
 * (docs/management-api.md) and, for {@code call}, to the gateway's native channel (docs/spec/channel.md, section 10).
 */
@NullMarked
package dev.berth.cli;

import org.jspecify.annotations.NullMarked;
