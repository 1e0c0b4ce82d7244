package dev.berth.core;

/**
 * What an app owns and deploys into.
 *
 * @param id such as {@code prod-01}
 * @param appId the owner
 */
public record Environment(String id, String appId) {
    public Environment {
        Names.requireEnvironmentId(id);
        Names.requireAppId(appId);
    }
}
