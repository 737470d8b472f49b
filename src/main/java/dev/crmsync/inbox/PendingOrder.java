package dev.crmsync.inbox;

import dev.crmsync.event.OrderKey;
import java.util.ArrayList;
import java.util.List;

/**
 * The order in which waiting events of one subject are delivered: by time where their keys tell it, else by keys of one kind;
 * what they leave open stays in order of arrival. The ledger of records makes the result right in any order, but in the right
 * one no event is written for nothing.
 */
final class PendingOrder {

    private PendingOrder() {}

    static List<ClaimedEvent> of(List<ClaimedEvent> arrived) {
        List<ClaimedEvent> ordered = new ArrayList<>(arrived.size());
        for (ClaimedEvent event : arrived) {
            int place = ordered.size();
            while (place > 0
                    && isBefore(
                            event.event().orderKey(),
                            ordered.get(place - 1).event().orderKey())) {
                place--;
            }
            ordered.add(place, event);
        }
        return ordered;
    }

    private static boolean isBefore(OrderKey one, OrderKey other) {
        String time = one.time();
        String otherTime = other.time();
        return time != null && otherTime != null && !time.equals(otherTime)
                ? time.compareTo(otherTime) < 0
                : one.isOlderThan(other);
    }
}
