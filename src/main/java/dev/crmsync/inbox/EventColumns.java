package dev.crmsync.inbox;

import dev.crmsync.event.Event;
import dev.crmsync.event.EventId;
import dev.crmsync.event.OrderKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** Reads the event out of a row that has {@link #LIST}. */
final class EventColumns {

    static final String LIST = """
            e.id, e.source, e.event_id, e.type, e.tenant, e.aspect, e.order_key, e.occurred_at, e.live, e.payload,
            e.unreadable, e.attempts, e.received_at, e.trace_context,
            coalesce(e.pending_since, e.received_at) as pending_since\
            """;

    private final PayloadCipher cipher;

    EventColumns(PayloadCipher cipher) {
        this.cipher = cipher;
    }

    /** @param sealed whether the payload is there, but no key opens it: then the event says so, as unreadable */
    record Opened(Event event, boolean sealed) {}

    /** The event; with an empty payload where retention has removed it. */
    Opened read(ResultSet row, String subject) throws SQLException {
        EventId id = new EventId(row.getString("source"), row.getString("event_id"));
        byte[] stored = row.getBytes("payload");
        String unreadable = row.getString("unreadable");
        String payload = "";
        boolean sealed = false;
        if (stored != null) {
            try {
                payload = cipher.open(stored, id.toString());
            } catch (PayloadSealedException e) {
                unreadable = e.getMessage();
                sealed = true;
            }
        }
        Event event = new Event(
                id,
                row.getString("type"),
                row.getString("tenant"),
                subject,
                row.getString("aspect"),
                new OrderKey(row.getString("order_key")),
                Instant.ofEpochMilli(row.getLong("occurred_at")),
                row.getBoolean("live"),
                payload,
                unreadable);
        return new Opened(event, sealed);
    }
}
