package dev.berth.simulator;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The users in the database. */
final class Users {
    private Users() {}

    static List<User> all(Handle handle) {
        return handle.createQuery("SELECT * FROM user ORDER BY name")
                .map((row, context) -> read(row))
                .list();
    }

    static Optional<User> find(Handle handle, String name) {
        return handle.createQuery("SELECT * FROM user WHERE name = ?")
                .bind(0, name)
                .map((row, context) -> read(row))
                .findOne();
    }

    static User get(Handle handle, String name) {
        return find(handle, name).orElseThrow(() -> unknown(handle, name));
    }

    /** Whether the user was added; a user of that name stays as it is. */
    static boolean add(Handle handle, User user) {
        int added = handle.createUpdate(
                        "INSERT INTO user (name, nickname, phone) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                .bind(0, user.name())
                .bind(1, user.nickname())
                .bind(2, user.phone())
                .execute();
        return added == 1;
    }

    /** Removes the user and the codes made for it. */
    static void remove(Handle handle, String name) {
        if (handle.execute("DELETE FROM user WHERE name = ?", name) == 0) {
            throw unknown(handle, name);
        }
    }

    private static Refusal unknown(Handle handle, String name) {
        return Refusal.unknownUser(name, all(handle).stream().map(User::name).toList());
    }

    private static User read(ResultSet row) throws SQLException {
        return new User(
                row.getString("name"),
                Optional.ofNullable(row.getString("nickname")),
                Optional.ofNullable(row.getString("phone")));
    }
}
