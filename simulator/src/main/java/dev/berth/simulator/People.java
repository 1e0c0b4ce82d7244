package dev.berth.simulator;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Users as an app knows them. */
final class People {
    private People() {}

    static Optional<User> withOpenid(Handle handle, App app, String openid) {
        return Users.all(handle).stream()
                .filter(user -> Identity.openid(app.appid(), user.name()).equals(openid))
                .findFirst();
    }

    /** Whether any app knows any user by this openid. */
    static boolean isOpenid(Handle handle, String openid) {
        return Apps.all(handle).stream()
                .anyMatch(app -> withOpenid(handle, app, openid).isPresent());
    }
}
