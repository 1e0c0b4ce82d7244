package dev.berth.core;

/** Port: makes the tokens by which a request says for which app it asks (OA-27, CH-49). Thread-safe; does not block. */
@FunctionalInterface
public interface CloudbaseTokens {
    /** Valid for 30 minutes, through Berth's relay only, and holding no secret of WeChat's. */
    String issue(String environmentId, String appId);
}
