package dev.crmsync.inbox;

import dev.crmsync.event.EventId;

/**
 * What became of one received event.
 *
 * @param kind whether it is stored now
 * @param refusal why it can never be stored; null unless {@code REFUSED}
 */
public record Acceptance(Kind kind, UnstorableEventException refusal) {

    /** What became of it. */
    public enum Kind {
        /** Stored, and never seen before. */
        NEW,
        /** Stored earlier, or earlier in the same batch. */
        DUPLICATE,
        /** Not stored. */
        REFUSED
    }

    static final Acceptance NEW = new Acceptance(Kind.NEW, null);
    static final Acceptance DUPLICATE = new Acceptance(Kind.DUPLICATE, null);

    static Acceptance refused(EventId id, String problem) {
        return new Acceptance(Kind.REFUSED, new UnstorableEventException(id, problem));
    }
}
