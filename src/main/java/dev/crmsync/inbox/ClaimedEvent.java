package dev.crmsync.inbox;

import dev.crmsync.event.Event;
import java.time.Instant;

/**
 * One pending event of a claimed subject.
 *
 * @param id the inbox's own number of the event; grows in order of arrival
 * @param event in the order of its receipt where a person replays one that is {@linkplain DatedAhead dated ahead}
 * @param sealed whether no key of this process opens its payload
 * @param attempts how often it was tried since it became pending
 * @param pendingSince when it was received, or last replayed
 * @param traceContext the W3C {@code traceparent} under which it was received, or null
 * @param parsedBytes what it holds of the heap while it is delivered, by {@link ParsedSize}
 */
public record ClaimedEvent(
        long id,
        Event event,
        boolean sealed,
        int attempts,
        Instant receivedAt,
        Instant pendingSince,
        String traceContext,
        long parsedBytes) {}
