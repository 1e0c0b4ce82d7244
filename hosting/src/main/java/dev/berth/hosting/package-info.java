/**
 * Services and their versions: {@link dev.berth.hosting.Deployer deployment} from a tar of sources, and the {@link
 * dev.berth.hosting.ServiceActivator way from zero and back}. {@link dev.berth.hosting.Hosting} wires them.
 */
@NullMarked
package dev.berth.hosting;

import org.jspecify.annotations.NullMarked;
