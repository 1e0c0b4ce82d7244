package dev.berth.core;

/** What an {@link App} is on WeChat's side. */
public enum AppKind {
    MINI_PROGRAM,
    OFFICIAL_ACCOUNT
}
