package dev.berth.simulator;

/** What an app is on WeChat; the name is its form in JSON and in the database. */
public enum AppKind {
    MINI_PROGRAM,
    OFFICIAL_ACCOUNT
}
