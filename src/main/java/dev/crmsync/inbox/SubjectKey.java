package dev.crmsync.inbox;

import dev.crmsync.event.Event;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Names a subject. Ordered by code points, which is the order in which every transaction locks subjects: so no two can
 * wait for each other.
 */
record SubjectKey(String source, String tenant, String subject) implements Comparable<SubjectKey> {

    private static final Comparator<String> BY_CODE_POINT = (one, other) ->
            Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());

    private static final Comparator<SubjectKey> LOCK_ORDER = Comparator.comparing(SubjectKey::source, BY_CODE_POINT)
            .thenComparing(SubjectKey::tenant, BY_CODE_POINT)
            .thenComparing(SubjectKey::subject, BY_CODE_POINT);

    static SubjectKey of(Event event) {
        return new SubjectKey(event.id().source(), event.tenant(), event.subject());
    }

    @Override
    public int compareTo(SubjectKey other) {
        return LOCK_ORDER.compare(this, other);
    }
}
