package dev.crmsync.deadletter;

import java.time.Instant;

/**
 * A place in the history, which is ordered by time of receipt, then by the inbox's number.
 *
 * @param at epoch milliseconds
 */
public record Cursor(long at, long id) {

    /** Before all events. */
    static final Cursor START = new Cursor(0, 0);

    /** After all events. */
    static final Cursor END = new Cursor(Long.MAX_VALUE, Long.MAX_VALUE);

    /**
     * Reads what {@link #toString()} writes.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static Cursor of(String text) {
        if (!text.matches("\\d{1,18}-\\d{1,18}")) {
            throw new IllegalArgumentException("'" + text + "' is no place in the history");
        }
        int dash = text.indexOf('-');
        return new Cursor(Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
    }

    public Instant time() {
        return Instant.ofEpochMilli(at);
    }

    @Override
    public String toString() {
        return at + "-" + id;
    }
}
