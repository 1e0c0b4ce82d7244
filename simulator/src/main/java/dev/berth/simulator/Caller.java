package dev.berth.simulator;

import java.util.Optional;
import java.util.Set;

/**
 * Who a call is from and about, as far as can be told.
 *
 * @param appid of the token, or as the call names it where no token is needed
 * @param openids of the users whom the call names
 */
record Caller(Optional<String> appid, Set<String> openids) {
    /** @param user a name or an openid */
    boolean isAbout(String user) {
        return openids.contains(user)
                || appid.filter(app -> openids.contains(Identity.openid(app, user)))
                        .isPresent();
    }
}
