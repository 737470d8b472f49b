package dev.crmsync.inbox;

import dev.crmsync.event.EventState;
import java.time.Duration;
import org.apache.camel.Exchange;

/**
 * What has been decided about an event: by a step of its route, or after it by {@link RouteEnd}.
 *
 * @param reason why, for a person; null where the state says it all
 * @param applied true when older events of the subject must not be applied any more
 * @param failure what ended the attempt, or null
 * @param postponement until the next look when this was no attempt at all, or null
 */
record Verdict(EventState state, String reason, boolean applied, FailedAttempt failure, Duration postponement) {

    private static final String PROPERTY = "verdict";

    /** As if it had not been tried: again after that delay. */
    static Verdict postponed(Duration delay) {
        return new Verdict(EventState.PENDING, null, false, null, delay);
    }

    Verdict(EventState state, String reason, boolean applied, FailedAttempt failure) {
        this(state, reason, applied, failure, null);
    }

    void pronounceOn(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    static void withdrawFrom(Exchange exchange) {
        exchange.removeProperty(PROPERTY);
    }

    /** The verdict so far, or null. */
    static Verdict on(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Verdict.class);
    }
}
