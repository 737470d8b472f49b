package dev.crmsync.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.crmsync.event.Effect;
import dev.crmsync.event.Event;
import dev.crmsync.event.EventState;
import dev.crmsync.event.ExchangeProperties;
import dev.crmsync.event.Tracing;
import dev.crmsync.event.Turn;
import dev.crmsync.record.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event on its way through its route, and what became of it. */
final class EventDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(EventDelivery.class);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(5);

    /** The longest that an event is tried again by itself. */
    private static final Duration MAXIMUM_AGE = Duration.ofDays(1);

    private static final Duration UNTIL_THE_KEY_IS_LISTED = Duration.ofMinutes(1);

    private final ClaimedEvent claimed;
    private volatile Exchange exchange;
    private volatile Throwable broke;
    private volatile Verdict verdict;
    private volatile Outcome outcome;
    private volatile Duration postponement;
    private volatile Tracing.Span span = Tracing.Span.NONE;

    EventDelivery(ClaimedEvent claimed) {
        this.claimed = claimed;
    }

    ClaimedEvent claimed() {
        return claimed;
    }

    Event event() {
        return claimed.event();
    }

    /** What to record, or null when the event is to stay pending as if it had not been tried. */
    Outcome outcome() {
        return outcome;
    }

    /** How long to wait when it was no attempt at all, or null. */
    Duration postponement() {
        return postponement;
    }

    Exchange exchange() {
        return exchange;
    }

    /** Puts the event on the exchange on which it is delivered. */
    void travelOn(Exchange vehicle, Turn turn, Standing standing, Tracing tracing, boolean known, Instant now)
            throws JsonProcessingException {
        exchange = vehicle;
        vehicle.setProperty(Standing.PROPERTY, standing);
        vehicle.setProperty(ExchangeProperties.TURN, turn);
        span = tracing.begin(Tracing.Step.DELIVER, event().id().source(), claimed.traceContext());
        vehicle.setProperty(ExchangeProperties.SPAN, span);
        vehicle.setProperty(
                ExchangeProperties.TRACE_CONTEXT, span.isRecorded() ? span.traceparent() : claimed.traceContext());
        new DeliveryStep(claimed.pendingSince(), now).putOn(vehicle);
        EventMessage.fill(vehicle, claimed.id(), event(), known);
    }

    /** Something ended the delivery beside its exchange. */
    void breakOff(Throwable thrown) {
        broke = thrown;
    }

    /** Why a person must look at the event although no route has said so; empty when none must. */
    Optional<DeadEventException> undeliverable(Instant now) {
        Throwable thrown = unhandled();
        if (thrown == null) {
            return Optional.empty();
        }
        boolean mayPass = Breakdown.isOutOfMemory(thrown)
                && now.isBefore(claimed.pendingSince().plus(MAXIMUM_AGE));
        Optional<DeadEventException> lasting = mayPass ? Optional.empty() : Breakdown.lasting(thrown);
        if (lasting.isPresent() && !(thrown instanceof JsonProcessingException)) {
            LOG.error("The delivery of event {} broke off", event().id(), thrown);
        }
        return lasting;
    }

    private Throwable unhandled() {
        if (exchange == null || broke != null) {
            return broke;
        }
        return Verdict.on(exchange) == null ? exchange.getException() : null;
    }

    /** Goes on along the route of dead letters, unparsed: on an exchange without what is left of the delivery. */
    void travelAsDeadLetterOn(Exchange vehicle, DeadEventException why, boolean known, Instant now) {
        new DeliveryStep(claimed.pendingSince(), now).putOn(vehicle);
        EventMessage.describe(vehicle, claimed.id(), event(), known);
        vehicle.setProperty(ExchangeProperties.UPSERTS, EventMessage.sentBy(exchange));
        exchange = vehicle;
        broke = why;
        vehicle.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, why);
    }

    /** Leaves it pending, for what comes out of this is not known. */
    void stayPending() {
        postponement = AFTER_TROUBLE;
    }

    void supersede(String reason) {
        outcome = Outcome.superseded(claimed.id(), reason);
    }

    /** Leaves it to a process that has the key: to fail here would cover up what was wrong with the event before. */
    void keepSealed() {
        LOG.error("Event {} stays pending: {}", event().id(), event().unreadable());
        postponement = UNTIL_THE_KEY_IS_LISTED;
    }

    /** Reads off the exchange what the route has made of the event. */
    void conclude(Instant now) {
        Verdict pronounced = exchange == null ? null : Verdict.on(exchange);
        if (pronounced == null) {
            pronounced = unpronounced(now);
        }
        if (pronounced.postponement() != null) {
            postponement = pronounced.postponement();
        } else {
            verdict = pronounced;
            outcome = new Outcome(
                    claimed.id(),
                    verdict.state(),
                    verdict.reason(),
                    EventMessage.sentBy(exchange).toJson(),
                    verdict.failure(),
                    isKnown());
        }
        endSpan();
    }

    /** True when it changes a record that is not there yet. */
    boolean waitsForItsRecord() {
        return outcome != null
                && outcome.state() == EventState.PENDING
                && Effect.MISSING_RECORD.equals(outcome.failure().errorClass());
    }

    private boolean isKnown() {
        return verdict.state() == EventState.DELIVERED
                || EventMessage.sentBy(exchange).answered().stream()
                        .anyMatch(effect -> effect.end() != EventState.IGNORED);
    }

    private Verdict unpronounced(Instant now) {
        Throwable thrown = unhandled();
        if (Breakdown.isOutOfMemory(thrown)) {
            LOG.error("Event {} is tried again later: memory ran out", event().id(), thrown);
            FailedAttempt failure = new FailedAttempt(now, now, "delivery", "OutOfMemoryError", thrown.toString());
            return new Verdict(EventState.PENDING, null, false, failure);
        }
        if (thrown instanceof DeadEventException known) {
            FailedAttempt failure = FailedAttempt.of(now, now, known);
            return new Verdict(EventState.DEAD, known.errorCode() + ": " + known.errorText(), false, failure);
        }
        LOG.warn("Event {} was not delivered and stays pending: {}", event().id(), String.valueOf(thrown));
        return Verdict.postponed(AFTER_TROUBLE);
    }

    private void endSpan() {
        span.tag("event.id", event().id().toString());
        span.tag("event.type", event().type());
        span.tag("event.state", outcome == null ? "postponed" : outcome.state().label());
        span.end(
                outcome == null || outcome.failure() == null
                        ? null
                        : outcome.failure().errorCode());
    }

    /** Events that ended before and must be delivered again, by their inbox numbers. */
    Set<Long> recalled() {
        return EventMessage.sentBy(exchange).recalled();
    }

    boolean appliesDeletion() {
        return exchange != null && ExchangeProperties.isTrue(exchange.getProperty(ExchangeProperties.TOMBSTONE));
    }

    /** The applied keys after this event. */
    AppliedKeys moveForward(AppliedKeys applied) {
        if (verdict == null || !verdict.applied()) {
            return applied;
        }
        AppliedKeys moved = applied.with(event());
        if (appliesDeletion()) {
            return moved.withTombstone(true);
        }
        return Event.STATE.equals(event().aspect()) ? moved.withTombstone(false) : moved;
    }
}
