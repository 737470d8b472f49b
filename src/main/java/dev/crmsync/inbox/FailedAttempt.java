package dev.crmsync.inbox;

import dev.crmsync.event.DeliveryFailure;
import java.time.Instant;

/**
 * One attempt to deliver an event that failed.
 *
 * @param errorClass how it failed, such as {@code transient}
 * @param errorCode Salesforce's code, such as {@code UNABLE_TO_LOCK_ROW}, or null
 * @param message what a person should read, or null; cut to {@value #MAX_MESSAGE} characters
 */
public record FailedAttempt(Instant startedAt, Instant endedAt, String errorClass, String errorCode, String message) {

    public static final int MAX_MESSAGE = 2_000;

    private static final int MAX_CODE = 200;

    /** One that ended with that failure. */
    static FailedAttempt of(Instant startedAt, Instant endedAt, DeliveryFailure failure) {
        return new FailedAttempt(startedAt, endedAt, failure.errorClass(), failure.errorCode(), failure.errorText());
    }

    public FailedAttempt {
        if (startedAt == null || endedAt == null || errorClass == null) {
            throw new IllegalArgumentException("A failed attempt needs its times and its class, was: " + errorClass);
        }
        errorClass = Texts.storable(errorClass, MAX_CODE);
        errorCode = Texts.storable(errorCode, MAX_CODE);
        message = Texts.storable(message, MAX_MESSAGE);
    }
}
