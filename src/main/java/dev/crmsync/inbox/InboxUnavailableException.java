package dev.crmsync.inbox;

import dev.crmsync.event.NoAttempt;

/** The inbox cannot answer now: its database is down, too slow, or too much waits. Trying again later may succeed. */
public final class InboxUnavailableException extends RuntimeException implements NoAttempt {

    private static final long serialVersionUID = 1L;

    public InboxUnavailableException(String message) {
        super(message);
    }

    public InboxUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
