package dev.berth.functions;

import java.time.Duration;

/**
 * A host that runs nothing.
 *
 * @param unused for how long
 */
record IdleHost(HostPool pool, FunctionHost host, Duration unused) {}
