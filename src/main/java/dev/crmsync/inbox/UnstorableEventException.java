package dev.crmsync.inbox;

import dev.crmsync.event.EventId;

/** The inbox can never store this event as it is, such as one with a NUL character in its subject. */
public final class UnstorableEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnstorableEventException(EventId id, String problem) {
        super("Event " + printable(id) + " cannot be stored: " + problem);
    }

    private static String printable(EventId id) {
        return id.toString().replaceAll("\\p{Cntrl}", "\uFFFD");
    }
}
