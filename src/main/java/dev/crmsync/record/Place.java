package dev.crmsync.record;

import dev.crmsync.event.OrderKey;

/**
 * The place of one event among all that speak about a record. Versions count the changes of one subject, so they say nothing
 * about events of others; what the keys leave open, the arrival decides.
 *
 * @param key the event's own order key
 * @param arrival the inbox's number of the event, which grows with every arrival
 * @param subject the inbox's number of its subject
 */
public record Place(OrderKey key, long arrival, long subject) {

    private static final char VERSION = 'v';

    /** True when both are the same event. */
    boolean isSame(Place other) {
        return arrival == other.arrival;
    }

    boolean isOlderThan(Place other) {
        return compare(other) < 0;
    }

    /** In time, where both keys tell it: a version says nothing about what lies between two lives of a record. */
    boolean isBefore(Place other) {
        if (isSame(other)) {
            return false;
        }
        int byTime = compareTimes(other);
        return (byTime != 0 ? byTime : compare(other)) < 0;
    }

    boolean hasTime() {
        return key.time() != null;
    }

    boolean hasVersion() {
        return key.kind() == VERSION;
    }

    private int compare(Place other) {
        if (isSame(other)) {
            return 0;
        }
        int byKey = key.kind() == other.key.kind() && (!hasVersion() || subject == other.subject)
                ? key.value().compareTo(other.key.value())
                : compareTimes(other);
        return byKey != 0 ? byKey : Long.compare(arrival, other.arrival);
    }

    /** 0 also where one of them has no time. */
    private int compareTimes(Place other) {
        String time = key.time();
        String otherTime = other.key.time();
        return time == null || otherTime == null ? 0 : time.compareTo(otherTime);
    }
}
