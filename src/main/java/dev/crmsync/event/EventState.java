package dev.crmsync.event;

import java.util.Locale;

/** Where an event stands. All but {@link #PENDING} are ends, and every accepted event reaches exactly one of them. */
public enum EventState {
    /** Waits for delivery, or for its next attempt. */
    PENDING,
    /** Salesforce has it. */
    DELIVERED,
    /** Nothing of it was left to write: newer events had spoken about all its fields, or the record was deleted. */
    SUPERSEDED,
    /** Nothing in Salesforce follows from it; the reason says why. */
    IGNORED,
    /** Needs a person: a dead letter. */
    DEAD,
    /** A person decided that a dead letter shall not be delivered; the reason says why. */
    DISCARDED;

    public boolean isEnd() {
        return this != PENDING;
    }

    /** The name as it is stored, shown and used in metrics: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The state with that {@link #label()}.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static EventState of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
