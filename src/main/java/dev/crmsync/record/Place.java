package dev.crmsync.record;

import dev.crmsync.event.OrderKey;

/**
 * The place of one event among all that speak about a record. Versions count the changes of one subject, so they say nothing
 * about events of others; what the keys leave open, the arrival decides.
 *
 * @param key the event's own order key
 * @param arrival the inbox's number of the event, which grows with every arrival
 * @param subject the inbox's number of its subject; negative on a record that subjects share, such as a company
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

    /**
     * In time, or by arrival where a key tells none: a version says nothing about what lies between two lives of a record.
     */
    boolean isBefore(Place other) {
        if (isSame(other)) {
            return false;
        }
        if (!hasTime() || !other.hasTime()) {
            return arrival < other.arrival;
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
        int byKey = compareKeys(other);
        return byKey != 0 ? byKey : Long.compare(arrival, other.arrival);
    }

    private int compareKeys(Place other) {
        if (key.kind() != other.key.kind()) {
            return compareTimes(other);
        }
        if (!hasVersion()) {
            return key.value().compareTo(other.key.value());
        }
        boolean isOwn = subject > 0;
        int byTime = isOwn ? 0 : compareTimes(other);
        return byTime == 0 && subject == other.subject ? key.value().compareTo(other.key.value()) : byTime;
    }

    /** The same on a record that subjects share: it outlives each of them, and their versions begin anew. */
    public Place shared() {
        return subject > 0 ? new Place(key, arrival, -subject) : this;
    }

    /** 0 also where one of them has no time. */
    private int compareTimes(Place other) {
        String time = key.time();
        String otherTime = other.key.time();
        return time == null || otherTime == null ? 0 : time.compareTo(otherTime);
    }
}
