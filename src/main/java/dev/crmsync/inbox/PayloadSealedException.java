package dev.crmsync.inbox;

import dev.crmsync.event.EventState;
import java.util.Map;
import java.util.stream.Collectors;

/** A stored payload cannot be opened: the key that sealed it is not configured, or it was altered. */
public final class PayloadSealedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PayloadSealedException(String eventId, int keys) {
        super("The stored payload of " + eventId + " cannot be opened with the " + keys
                + " configured payload keys: list the key it was stored with");
    }

    /** @param sealed how many there are, by the state of their event */
    PayloadSealedException(Map<EventState, Long> sealed, String example, int keys) {
        super(sealed.values().stream().mapToLong(Long::longValue).sum() + " stored payloads ("
                + sealed.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey().label())
                        .collect(Collectors.joining(", "))
                + "), such as that of " + example + ", cannot be opened with the " + keys
                + " keys of crm.database.encryption-keys: list the key they were stored with again, behind the newer ones."
                + " If it is lost: the runbook, \"Rotate the encryption key\"");
    }
}
