package dev.berth.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** {@code /cgi-bin/ticket/getticket}: what web pages sign their JS-SDK calls with (OA-49). */
final class Tickets {
    private static final Duration LIFE = Duration.ofHours(2);
    private static final Set<String> TYPES = Set.of("jsapi", "wx_card");
    private static final int INVALID_ARGS = 40097;
    private static final int LENGTH = 86;

    private record Ticket(String text, Instant expiresAt) {
        /** Without the ticket itself. */
        @Override
        public String toString() {
            return "Ticket[expires %s]".formatted(expiresAt);
        }
    }

    private Tickets() {}

    /** The same ticket until it expires. */
    static Reply get(ApiCall call) {
        String type = call.query("type");
        if (!TYPES.contains(type)) {
            return call.denied(INVALID_ARGS);
        }
        Ticket ticket = find(call.handle(), call.app(), type)
                .filter(found -> found.expiresAt().isAfter(call.now()))
                .orElseGet(() -> mint(call, type));
        long left = Duration.between(call.now(), ticket.expiresAt()).toSeconds();
        return Reply.json(Reply.okBody().put("ticket", ticket.text()).put("expires_in", left));
    }

    private static Optional<Ticket> find(Handle handle, App app, String type) {
        return handle.createQuery("SELECT ticket, expires_at FROM ticket WHERE appid = ? AND type = ?")
                .bind(0, app.appid())
                .bind(1, type)
                .map((row, context) ->
                        new Ticket(row.getString("ticket"), Instant.ofEpochMilli(row.getLong("expires_at"))))
                .findOne();
    }

    private static Ticket mint(ApiCall call, String type) {
        Ticket ticket = new Ticket(call.chance().letters(LENGTH), call.now().plus(LIFE));
        call.handle()
                .execute(
                        """
                        INSERT INTO ticket (appid, type, ticket, expires_at) VALUES (?, ?, ?, ?)
                        ON CONFLICT (appid, type) DO UPDATE
                        SET ticket = excluded.ticket, expires_at = excluded.expires_at""",
                        call.app().appid(),
                        type,
                        ticket.text(),
                        ticket.expiresAt().toEpochMilli());
        return ticket;
    }
}
