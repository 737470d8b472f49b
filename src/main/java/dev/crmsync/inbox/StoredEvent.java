package dev.crmsync.inbox;

import dev.crmsync.event.Event;
import dev.crmsync.event.EventState;
import java.time.Instant;

/**
 * One event as the inbox holds it.
 *
 * @param id the inbox's own number of the event
 * @param event with an empty payload once retention has removed it
 * @param reason why it is in that state, or null
 * @param attempts how often it was tried since it last became pending
 * @param finishedAt when it reached that state, or null while pending
 * @param upserts the records sent and their Salesforce ids, JSON text, or null
 * @param hasPayload false once retention has removed the payload: it cannot be replayed
 * @param traceContext the W3C {@code traceparent} under which it was received, or null
 */
public record StoredEvent(
        long id,
        Event event,
        EventState state,
        String reason,
        int attempts,
        Instant receivedAt,
        Instant finishedAt,
        String upserts,
        boolean hasPayload,
        String traceContext) {}
