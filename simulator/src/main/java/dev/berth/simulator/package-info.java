/**
 * WeChat, offline. It answers WeChat's own open API as WeChat does, and has a control API under {@code /__sim__/} for
 * what people do on a phone (be a user, sign in, consent, read messages) and for what tests need (time, quotas, faults, a
 * journal). The page of its users is docs/simulator.md.
 */
@NullMarked
package dev.berth.simulator;

import org.jspecify.annotations.NullMarked;
