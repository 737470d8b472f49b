package dev.crmsync.record;

import java.util.List;
import java.util.stream.Stream;

/**
 * When a record began and ended to be.
 *
 * @param deletion the newest deletion, or null
 * @param creations what created it after that, the newest {@value #MOST_CREATIONS}
 */
public record Lives(Place deletion, List<Place> creations) {

    static final Lives NONE = new Lives(null, List.of());

    private static final int MOST_CREATIONS = 4;

    public Lives {
        creations = List.copyOf(creations);
    }

    /** These, or with that deletion where none is known. */
    Lives orDeleted(Place earlier) {
        return deletion == null && earlier != null ? withDeletion(earlier) : this;
    }

    Lives withDeletion(Place place) {
        return new Lives(
                place,
                creations.stream().filter(creation -> place.isBefore(creation)).toList());
    }

    Lives withCreation(Place place) {
        if (isDeletedAfter(place)) {
            return this;
        }
        List<Place> all = Stream.concat(
                        creations.stream().filter(creation -> !creation.isSame(place)), Stream.of(place))
                .sorted((one, other) -> one.isBefore(other) ? -1 : other.isBefore(one) ? 1 : 0)
                .toList();
        return new Lives(deletion, all.subList(Math.max(0, all.size() - MOST_CREATIONS), all.size()));
    }

    boolean isDeletion(Place place) {
        return deletion != null && deletion.isSame(place);
    }

    /** True when the record was deleted after that event, so that nothing of it counts any more. */
    boolean isDeletedAfter(Place place) {
        return deletion != null && place.isBefore(deletion);
    }

    /** False when the record was deleted before or after that event, and not created again before it. */
    boolean isAliveAt(Place place) {
        return deletion == null || creations.stream().anyMatch(creation -> !place.isBefore(creation));
    }

    /** Whether one event is older than the other: in another life of the record by time, in the same by their keys. */
    boolean isOlder(Place one, Place other) {
        for (Place bound : deletion == null && creations.isEmpty() ? List.<Place>of() : bounds()) {
            boolean isBefore = one.isBefore(bound);
            if (isBefore != other.isBefore(bound)) {
                return isBefore;
            }
        }
        return one.isOlderThan(other);
    }

    /** A creation that says no time may be of the first life, and have been overtaken. */
    private List<Place> bounds() {
        return Stream.concat(
                        creations.stream().filter(creation -> creation.hasTime() || deletion != null),
                        Stream.ofNullable(deletion))
                .toList();
    }
}
