package dev.crmsync.inbox;

import dev.crmsync.event.Event;
import java.util.regex.Pattern;

/**
 * An event on its way into the inbox.
 *
 * @param traceContext the W3C {@code traceparent} under which it was received; anything else counts as none (null)
 */
public record Received(Event event, String traceContext) {

    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    public Received {
        if (event == null) {
            throw new IllegalArgumentException("The event is missing");
        }
        if (traceContext != null && !TRACEPARENT.matcher(traceContext).matches()) {
            traceContext = null;
        }
    }
}
