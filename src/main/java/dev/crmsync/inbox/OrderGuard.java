package dev.crmsync.inbox;

import dev.crmsync.event.Event;
import dev.crmsync.event.OrderKey;
import java.util.Optional;

/** Decides whether an event may still be applied to its subject. */
final class OrderGuard {

    private OrderGuard() {}

    /** Why the event comes too late; empty when it may be applied. Equal keys may: applying is idempotent. */
    static Optional<String> supersedes(AppliedKeys applied, Event event) {
        return supersedes(applied, event.aspect(), event.orderKey());
    }

    static Optional<String> supersedes(AppliedKeys applied, String aspect, OrderKey key) {
        if (applied.isAheadOf(aspect, key)) {
            return Optional.of("a newer event of this subject was applied before it");
        }
        if (applied.tombstone() && !isNewerThanDeletion(applied, key)) {
            return Optional.of("the subject was deleted, and this event is not newer than its last state");
        }
        return Optional.empty();
    }

    private static boolean isNewerThanDeletion(AppliedKeys applied, OrderKey key) {
        OrderKey last = applied.keys().get(Event.STATE);
        return last != null && last.isOlderThan(key);
    }
}
