package dev.berth.core;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Who is calling, as proven by a session.
 *
 * @param appId the app that the user is signed in to
 * @param openId the user in that app
 * @param unionId the user over all apps of one owner, where WeChat tells it
 */
public record Caller(String appId, String openId, Optional<String> unionId) {
    public Caller {
        requireNonNull(appId, "appId is null");
        requireNonNull(openId, "openId is null");
        requireNonNull(unionId, "unionId is null");
    }
}
