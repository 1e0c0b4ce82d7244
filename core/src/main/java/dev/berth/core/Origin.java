package dev.berth.core;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Who or what is behind an invocation of a function (AD-80).
 *
 * @param caller the WeChat user, also at the beginning of a chain of functions; empty for a timer and an operator
 * @param source the chain, oldest first, joined by commas (CH-54): {@code wx_client,scf}
 * @param withToken whether the invocation gets a token for WeChat's open APIs (AD-26)
 * @param clientAddress of the user's device, or empty
 */
public record Origin(Optional<Caller> caller, String source, boolean withToken, String clientAddress) {
    private static final String TIMER = "wx_trigger";

    public Origin {
        requireNonNull(caller, "caller is null");
        requireNonNull(source, "source is null");
        requireNonNull(clientAddress, "clientAddress is null");
    }

    /** A mini program or an official-account page. */
    public static Origin client(Caller caller, String clientAddress) {
        return new Origin(Optional.of(caller), "wx_client", true, clientAddress);
    }

    /** HO-64. */
    public static Origin timer() {
        return new Origin(Optional.empty(), TIMER, true, "");
    }

    /** Who holds the management token, and speaks for no user. */
    public static Origin operator() {
        return new Origin(Optional.empty(), "wx_unknown", false, "");
    }

    /** Of a function that a function calls (AD-52). */
    public Origin throughFunction() {
        return new Origin(caller, source + ",scf", true, clientAddress);
    }

    public boolean isTimer() {
        return source.equals(TIMER) || source.startsWith(TIMER + ",");
    }

    /** Whether open APIs may be called: a WeChat user or a timer began this (AD-40, HO-59). */
    public boolean isWeChat() {
        return caller.isPresent() || isTimer();
    }
}
