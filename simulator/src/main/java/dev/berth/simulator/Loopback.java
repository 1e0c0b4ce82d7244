package dev.berth.simulator;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps strangers' web pages out of a simulator on loopback. A page can have its own domain resolve to 127.0.0.1 (DNS
 * rebinding) and is then of the same origin as the simulator for the browser, but the {@code Host} header still names
 * the domain. So only loopback names are answered (RFC 9110, section 7.2: the server is to check it).
 */
final class Loopback implements Handler<RoutingContext> {
    /** An {@code Origin} of a page that was loaded from this machine. */
    static final String ORIGIN = "http://(127\\.0\\.0\\.1|localhost|\\[::1])(:[0-9]{1,5})?";

    private static final Pattern NAME =
            Pattern.compile("localhost|127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}|::1|\\[::1]");

    static boolean isLoopback(String host) {
        return NAME.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    @Override
    public void handle(RoutingContext call) {
        String asked = Objects.requireNonNullElse(call.request().getHeader(HttpHeaders.HOST), "");
        @Nullable HostAndPort parsed = HostAndPort.parseAuthority(asked, -1);
        if (parsed != null && isLoopback(parsed.host())) {
            call.next();
            return;
        }
        Refusal.foreignHost(asked).answer(call);
    }
}
