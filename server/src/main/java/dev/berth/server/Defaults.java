package dev.berth.server;

import java.util.List;

/** What {@code berth up} begins with (docs/design.md, section 4). */
public final class Defaults {
    public static final String APP = "wx1111111111111111";
    public static final String ENVIRONMENT = "prod-01";
    public static final String USER = "alice";
    public static final List<String> USERS = List.of("alice", "bob");

    private Defaults() {}
}
