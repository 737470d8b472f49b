package dev.crmsync.console;

import java.time.Duration;

/** A request that is answered with a status and a sentence for the person. */
final class ConsoleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final Duration retryAfter;

    ConsoleException(int status, String message) {
        this(status, message, Duration.ZERO);
    }

    /** @param retryAfter when the same request may succeed, zero when that cannot be said */
    ConsoleException(int status, String message, Duration retryAfter) {
        super(message);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    int status() {
        return status;
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
