/**
 * Durable state: one database, encrypted secrets, and the immutable {@link dev.berth.core.Directory} that the hot path
 * reads. {@link dev.berth.store.Store} is the door. Algorithms: every change is one transaction on one writer thread;
 * after its commit, and before the caller is told, the directory is replaced by one that shows it.
 */
@NullMarked
package dev.berth.store;

import org.jspecify.annotations.NullMarked;
