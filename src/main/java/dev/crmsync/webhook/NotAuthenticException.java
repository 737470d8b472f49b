package dev.crmsync.webhook;

import java.util.Locale;

/**
 * A request that its sender did not sign, or not now. Says why in words that are safe to log: neither payload, nor
 * secret, nor signature. It has no stack trace, since anybody on the internet can cause it.
 */
public final class NotAuthenticException extends Exception {

    /** Why; few and fixed, to be counted. */
    public enum Reason {
        /** A header that the scheme needs is absent. */
        MISSING,
        /** A header, the signed time or the path cannot be read. */
        MALFORMED,
        /** Signed too long ago, or in the future. */
        STALE,
        /** No signature fits any secret. */
        WRONG,
        /** No source listens there. */
        UNKNOWN_PATH;

        /** The name as it is shown and used in metrics: lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Reason reason;

    NotAuthenticException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason getReason() {
        return reason;
    }
}
