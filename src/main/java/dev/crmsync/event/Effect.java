package dev.crmsync.event;

import java.time.Duration;

/**
 * The end that one record gives its event. An event with several records ends as the most telling of them: dead, else
 * delivered, else superseded, else ignored.
 *
 * @param end {@code DEAD}, {@code DELIVERED}, {@code SUPERSEDED} or {@code IGNORED}
 * @param reason why, for a person; the error code when dead; null where the state says it all
 * @param missing what the record lacks as yet, or null
 * @param patience how long after its receipt the event waits for that before it ends; zero where it does not wait
 */
public record Effect(EventState end, String reason, DeliveryFailure missing, Duration patience) {

    /** The error class of an attempt that did not find the record it was to change. */
    public static final String MISSING_RECORD = "missing-record";

    /** Salesforce has confirmed the record as it was sent. */
    public static final Effect WRITTEN = new Effect(EventState.DELIVERED, null);

    public Effect {
        if (!end.isEnd() || end == EventState.DISCARDED) {
            throw new IllegalArgumentException("No record gives its event the end " + end.label());
        }
        if (missing == null && (end == EventState.DEAD || !patience.isZero())) {
            throw new IllegalArgumentException("What is dead or waits must say what it lacks");
        }
    }

    /** An end that nothing can change any more. */
    public Effect(EventState end, String reason) {
        this(end, reason, null, Duration.ZERO);
    }
}
