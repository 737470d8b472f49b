package dev.crmsync.inbox;

import dev.crmsync.event.EventState;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;

/**
 * What has been decided about an event: by a step of its route, or after it by {@link RouteEnd}.
 *
 * @param reason why, for a person; null where the state says it all
 * @param applied true when older events of the subject must not be applied any more
 * @param failure what ended the attempt, or null
 * @param postponement until the next look when this was no attempt at all, or null
 * @param kept true when a dead letter has its row
 */
record Verdict(
        EventState state, String reason, boolean applied, FailedAttempt failure, Duration postponement, boolean kept) {

    private static final String PROPERTY = "verdict";

    Verdict(EventState state, String reason, boolean applied, FailedAttempt failure) {
        this(state, reason, applied, failure, null, false);
    }

    /** As if it had not been tried: again after that delay. */
    static Verdict postponed(Duration delay) {
        return new Verdict(EventState.PENDING, null, false, null, delay, false);
    }

    Verdict asKept(boolean hasRow) {
        return new Verdict(state, reason, applied, failure, postponement, hasRow);
    }

    /** From now on the copies of the exchange share its verdict. */
    static void expectOn(Exchange exchange) {
        exchange.setProperty(PROPERTY, new AtomicReference<Verdict>());
    }

    void pronounceOn(Exchange exchange) {
        if (exchange.getProperty(PROPERTY) == null) {
            expectOn(exchange);
        }
        holder(exchange).set(this);
    }

    static void withdrawFrom(Exchange exchange) {
        expectOn(exchange);
    }

    /** The verdict so far, or null. */
    static Verdict on(Exchange exchange) {
        AtomicReference<Verdict> holder = holder(exchange);
        return holder == null ? null : holder.get();
    }

    @SuppressWarnings("unchecked")
    private static AtomicReference<Verdict> holder(Exchange exchange) {
        return exchange.getProperty(PROPERTY, AtomicReference.class);
    }
}
