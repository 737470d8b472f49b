package dev.crmsync.event;

/** The exchange properties by which the parts of a delivery speak to each other, and to routes. */
public final class ExchangeProperties {

    /** The {@link Event} being received or delivered. */
    public static final String EVENT = "event";

    /** The {@link Turn} of the event being delivered. */
    public static final String TURN = "turn";

    /** The {@link EventId} of the event being received, as text. */
    public static final String EVENT_ID = "event-id";

    /** The {@link Effects} of the event so far. */
    public static final String UPSERTS = "upserts";

    /** What became of the latest upsert: {@code created}, {@code updated}, {@code absent}, {@code stale} or {@code gone}. */
    public static final String UPSERT = "upsert";

    /** True once the message has what the row of a dead letter holds. */
    public static final String DEAD_LETTER = "deadLetter";

    /** Set to true by a route that applies a deletion. */
    public static final String TOMBSTONE = "tombstone";

    /** Set to true by a route that applies a creation: after a deletion, nothing else brings a record back. */
    public static final String CREATION = "creation";

    /** True where a route runs only to show what it would do: nothing may be written. */
    public static final String PREVIEW = "preview";

    /** The W3C {@code traceparent} of the step at work, absent where no trace is known. */
    public static final String TRACE_CONTEXT = "traceparent";

    /** The {@link Tracing.Span} of the step at work, absent where nobody follows the event. */
    public static final String SPAN = "span";

    /**
     * The {@link java.util.concurrent.Executor} on which an exchange goes on that has waited for something; absent where a step
     * may hold its thread.
     */
    public static final String EXECUTOR = "executor";

    private ExchangeProperties() {}

    /** Whether the value of a property is true, be it a flag, a text, or what jq makes of one. */
    public static boolean isTrue(Object value) {
        return "true".equals(String.valueOf(value));
    }
}
