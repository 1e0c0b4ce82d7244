package dev.berth.simulator;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A person who uses the simulated WeChat.
 *
 * @param name lower-case letters, digits, {@code _} and {@code -}; begins with a letter; at most 32 characters
 * @param nickname at most 64 characters
 * @param phone 5 to 20 digits, with or without a leading {@code +}
 */
public record User(String name, Optional<String> nickname, Optional<String> phone) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,31}");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9]{5,20}");
    private static final int LONGEST_NICKNAME = 64;

    public User {
        requireNonNull(nickname, "nickname is null");
        requireNonNull(phone, "phone is null");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name: \"%s\" (expected: a lower-case letter, then up to 31 of a-z 0-9 _ -)".formatted(name));
        }
        if (nickname.filter(text -> text.length() > LONGEST_NICKNAME).isPresent()) {
            throw new IllegalArgumentException("nickname: %d characters (expected: at most %d)"
                    .formatted(nickname.get().length(), LONGEST_NICKNAME));
        }
        if (phone.filter(number -> !PHONE.matcher(number).matches()).isPresent()) {
            throw new IllegalArgumentException(
                    "phone: \"%s\" (expected: 5 to 20 digits, such as 13800138000)".formatted(phone.get()));
        }
    }

    /** A user of whom only the name is known. */
    public static User named(String name) {
        return new User(name, Optional.empty(), Optional.empty());
    }
}
