package dev.crmsync.inbox;

import dev.crmsync.event.Event;
import dev.crmsync.event.OrderKey;
import dev.crmsync.record.Earlier;
import dev.crmsync.record.Place;
import dev.crmsync.record.Standing;

/** Reads off its subject how an event stands to records. */
final class StandingOf {

    /** Before all arrivals. */
    private static final long EARLIER = 0;

    private StandingOf() {}

    static Standing event(Event event, long id, long subjectId, AppliedKeys adopted) {
        Place place = new Place(event.orderKey(), id, subjectId);
        if (adopted.equals(AppliedKeys.NONE)) {
            return new Standing(place, Earlier.NOTHING);
        }
        Place applied = earlier(adopted.of(event.aspect()), subjectId);
        Place state = earlier(adopted.of(Event.STATE), subjectId);
        Place deletion = !adopted.tombstone() ? null : state == null ? earlier(OrderKey.NONE, subjectId) : state;
        return new Standing(place, new Earlier(applied, deletion));
    }

    private static Place earlier(OrderKey key, long subjectId) {
        return key == null ? null : new Place(key, EARLIER, subjectId);
    }
}
