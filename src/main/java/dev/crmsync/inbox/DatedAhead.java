package dev.crmsync.inbox;

import dev.crmsync.event.Event;
import dev.crmsync.event.OrderKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Events whose order key has a date far ahead of their receipt. Applied, such a one would keep the fields it writes from
 * everything that comes after it until that date. Versions have no date and are not concerned.
 */
final class DatedAhead {

    static final String CODE = "DATED_AHEAD";

    /** More than clocks differ and less than would do lasting harm. */
    static final Duration LIMIT = Duration.ofHours(1);

    private DatedAhead() {}

    /** Why the event must not be applied; empty when it may be. */
    static Optional<DeadEventException> refuse(Event event, Instant receivedAt) {
        return date(event.orderKey(), receivedAt)
                .map(date -> DeadEventException.ofDelivery(
                        CODE,
                        "Dated " + date + ", received " + receivedAt + ": more than " + LIMIT.toHours()
                                + " h ahead. A replay takes it as of its receipt"));
    }

    /** The event as a person who replays it wants it: in the order of its receipt where its own date is no help. */
    static Event asReceived(Event event, Instant receivedAt) {
        return event.withOrderKey(asReceived(event.orderKey(), receivedAt));
    }

    static OrderKey asReceived(OrderKey key, Instant receivedAt) {
        return date(key, receivedAt).isPresent() ? key.withDate(receivedAt) : key;
    }

    private static Optional<Instant> date(OrderKey key, Instant receivedAt) {
        return key.date().filter(date -> date.isAfter(receivedAt.plus(LIMIT)));
    }
}
