package dev.berth.openapi;

import java.util.List;
import java.util.Locale;

/** Where {@code wx-server-sdk} looks for the platform when nobody tells it (AD-4). */
final class PlatformNames {
    static final String ADMIN = "tcb-admin.tencentyun.com";

    /** Those that do not depend on the environment: of versions before 2.3, which cannot be told otherwise. */
    static final List<String> FIXED = List.of(ADMIN, "tcb-open.tencentyun.com");

    static final String PATH = "/admin";

    private static final String DOMAIN = "tcb-api.tencentcloudapi.com";
    private static final int PORT = 80;

    private PlatformNames() {}

    static boolean contain(RelayTarget.Authority authority) {
        String host = authority.host().toLowerCase(Locale.ROOT);
        return authority.port() == PORT && (FIXED.contains(host) || host.equals(DOMAIN) || host.endsWith("." + DOMAIN));
    }
}
