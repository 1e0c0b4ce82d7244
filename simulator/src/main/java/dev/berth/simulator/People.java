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
}
