package dev.crmsync.record;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who spoke last about a field.
 *
 * @param place the event's place
 * @param placeholder true when it only filled the field in
 * @param floors versions that were here before what now is, one for each subject: where events say no time, an older version
 *     of the same subject must not come back
 */
public record Holding(Place place, boolean placeholder, List<Place> floors) {

    private static final int MOST_FLOORS = 8;

    public Holding {
        floors = List.copyOf(floors);
    }

    /** What holds the field when that event takes it over. */
    Holding takenOverBy(Place winner, boolean asPlaceholder) {
        if (place.isSame(winner)) {
            return new Holding(winner, asPlaceholder, floors);
        }
        Stream<Place> before = placeholder ? floors.stream() : Stream.concat(floors.stream(), Stream.of(place));
        List<Place> kept = before.filter(floor -> isNeeded(floor, winner))
                .sorted(Comparator.comparingLong(Place::arrival).reversed())
                .limit(MOST_FLOORS)
                .toList();
        return new Holding(winner, asPlaceholder, kept);
    }

    /** Where both tell their time, or both are versions of one subject, their own places say all. */
    private static boolean isNeeded(Place floor, Place winner) {
        boolean timesTell = floor.hasTime() && winner.hasTime();
        boolean versionsTell = winner.hasVersion() && winner.subject() == floor.subject();
        return floor.hasVersion() && !timesTell && !versionsTell;
    }
}
