package dev.crmsync.inbox;

/** A stored payload cannot be opened: the key that sealed it is not configured, or it was altered. */
public final class PayloadSealedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PayloadSealedException(String eventId, int keys) {
        super("The stored payload of " + eventId + " cannot be opened with the " + keys
                + " configured payload keys: list the key it was stored with");
    }
}
