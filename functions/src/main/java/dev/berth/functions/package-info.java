/** Cloud functions: their versions, the hosts they run in, invocations, the admin protocol of wx-server-sdk, timers. */
@NullMarked
package dev.berth.functions;

import org.jspecify.annotations.NullMarked;
