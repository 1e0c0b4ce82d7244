/**
 * The only way out to WeChat (docs/design.md, section 2): every call to it goes through here, and app secrets go nowhere
 * else.
 */
@NullMarked
package dev.berth.openapi;

import org.jspecify.annotations.NullMarked;
