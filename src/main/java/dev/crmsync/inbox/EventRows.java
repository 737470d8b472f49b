package dev.crmsync.inbox;

import dev.crmsync.event.Event;
import java.util.Collection;

/** Received events as a table that {@link Dialect#storeNewEvents} takes. */
final class EventRows {

    private static final int MAX_REASON = 2_000;

    private EventRows() {}

    /** @param now when they were received, in epoch milliseconds */
    static Rows of(Collection<Received> events, PayloadCipher cipher, long now) {
        Rows rows = Rows.of(
                Rows.bigint("place"),
                Rows.text("source"),
                Rows.text("event_id"),
                Rows.text("type"),
                Rows.text("tenant"),
                Rows.text("subject"),
                Rows.text("aspect"),
                Rows.text("order_key"),
                Rows.bigint("occurred_at"),
                Rows.flag("live"),
                Rows.bytes("payload"),
                Rows.text("unreadable"),
                Rows.bigint("received_at"),
                Rows.text("trace_context"));
        long place = 0;
        for (Received received : events) {
            Event event = received.event();
            rows.add(
                    place++,
                    event.id().source(),
                    event.id().value(),
                    event.type(),
                    event.tenant(),
                    event.subject(),
                    event.aspect(),
                    event.orderKey().value(),
                    event.occurredAt().toEpochMilli(),
                    event.live(),
                    cipher.seal(event.payload(), event.id().toString()),
                    Texts.storable(event.unreadable(), MAX_REASON),
                    now,
                    received.traceContext());
        }
        return rows;
    }
}
