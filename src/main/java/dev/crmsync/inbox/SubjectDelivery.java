package dev.crmsync.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.crmsync.event.Event;
import dev.crmsync.event.EventState;
import dev.crmsync.event.ExchangeProperties;
import dev.crmsync.event.Lease;
import dev.crmsync.event.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the events of one claimed subject, each as an exchange of its own, started in order, and settles the claim
 * when all have come to an end.
 */
final class SubjectDelivery implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(SubjectDelivery.class);

    private final InboxConsumer consumer;
    private final InboxComponent component;
    private final SubjectClaim claim;
    private final DeliveryMetrics metrics;
    private final Runnable settled;
    private final List<EventDelivery> deliveries = new ArrayList<>();
    private final AtomicInteger unfinished = new AtomicInteger(1);
    private Lease lease;

    SubjectDelivery(
            InboxConsumer consumer,
            InboxComponent component,
            SubjectClaim claim,
            DeliveryMetrics metrics,
            Runnable settled) {
        this.consumer = consumer;
        this.component = component;
        this.claim = claim;
        this.metrics = metrics;
        this.settled = settled;
    }

    @Override
    public void run() {
        component.leases().hold(claim);
        lease = now -> component.leases().holds(claim);
        AppliedKeys expected = claim.applied();
        Turn previous = null;
        for (ClaimedEvent claimed : claim.events()) {
            EventDelivery delivery = new EventDelivery(claimed);
            deliveries.add(delivery);
            Optional<String> tooLate = OrderGuard.supersedes(expected, claimed.event());
            if (tooLate.isPresent()) {
                delivery.outcome = Outcome.superseded(claimed.id(), tooLate.get());
                continue;
            }
            previous = new Turn(lease, previous, component.traffic());
            start(delivery, previous);
            expected = expected.with(claimed.event());
            if (delivery.appliesDeletion()) {
                // What follows a deletion is judged by its outcome: it stays pending until that is known.
                break;
            }
        }
        finishedOne();
    }

    private void start(EventDelivery delivery, Turn turn) {
        unfinished.incrementAndGet();
        Exchange exchange = consumer.createExchange(false);
        delivery.exchange = exchange;
        try {
            fill(exchange, delivery.claimed, turn);
            consumer.createUoW(exchange);
        } catch (Exception e) {
            exchange.setException(e);
            finished(delivery, turn);
            return;
        }
        consumer.getAsyncProcessor().process(exchange, doneSync -> finished(delivery, turn));
    }

    private void fill(Exchange exchange, ClaimedEvent claimed, Turn turn) throws JsonProcessingException {
        exchange.setProperty(ExchangeProperties.TURN, turn);
        new DeliveryStep(claimed.pendingSince(), component.clock().instant()).putOn(exchange);
        EventMessage.fill(exchange, claimed.id(), claimed.event(), claim.deliveredBefore());
    }

    private void finished(EventDelivery delivery, Turn turn) {
        try {
            delivery.outcome = outcome(delivery);
        } finally {
            turn.finish();
            consumer.doneUoW(delivery.exchange);
            finishedOne();
        }
    }

    /** Null when the event is to stay pending as if it had not been tried. */
    private Outcome outcome(EventDelivery delivery) {
        Exchange exchange = delivery.exchange;
        Verdict verdict = Verdict.on(exchange);
        if (verdict == null && exchange.getException() != null) {
            LOG.warn(
                    "Event {} was not delivered and stays pending: {}",
                    delivery.claimed.event().id(),
                    exchange.getException().toString());
            delivery.postponed = true;
            return null;
        }
        if (verdict == Verdict.POSTPONED) {
            delivery.postponed = true;
            return null;
        }
        delivery.verdict = verdict == null ? Verdict.DELIVERED : verdict;
        Object upserts = exchange.getProperty(ExchangeProperties.UPSERTS);
        return new Outcome(
                delivery.claimed.id(),
                delivery.verdict.state(),
                delivery.verdict.reason(),
                upserts == null ? null : upserts.toString(),
                delivery.verdict.failure());
    }

    private void finishedOne() {
        if (unfinished.decrementAndGet() == 0) {
            settle();
        }
    }

    private void settle() {
        List<Outcome> outcomes = deliveries.stream()
                .map(delivery -> delivery.outcome)
                .filter(outcome -> outcome != null)
                .toList();
        try {
            component
                    .settler()
                    .settle(Settlement.of(claim, outcomes, applied(), retryAt(outcomes)))
                    .whenComplete(this::settled);
        } catch (RuntimeException e) {
            settled(null, e);
        }
    }

    private AppliedKeys applied() {
        AppliedKeys applied = claim.applied();
        for (EventDelivery delivery : deliveries) {
            if (delivery.verdict != null && delivery.verdict.applied()) {
                Event event = delivery.claimed.event();
                boolean revives = Event.STATE.equals(event.aspect());
                applied = applied.with(event);
                if (delivery.appliesDeletion()) {
                    applied = applied.withTombstone(true);
                } else if (revives) {
                    applied = applied.withTombstone(false);
                }
            }
        }
        return applied;
    }

    private Instant retryAt(List<Outcome> outcomes) {
        Instant now = component.clock().instant();
        int failedAttempts = deliveries.stream()
                .filter(delivery -> delivery.outcome != null && delivery.outcome.state() == EventState.PENDING)
                .mapToInt(delivery -> delivery.claimed.attempts() + 1)
                .max()
                .orElse(0);
        if (failedAttempts > 0) {
            return now.plus(component.backOff().after(failedAttempts, ThreadLocalRandom.current()));
        }
        if (deliveries.stream().anyMatch(delivery -> delivery.postponed)) {
            return now.plus(component.backOff().after(1, ThreadLocalRandom.current()));
        }
        return outcomes.size() == claim.events().size() ? null : now;
    }

    private void settled(SettleResult result, Throwable failure) {
        component.leases().drop(claim);
        if (failure != null) {
            LOG.warn(
                    "The outcome of {} events of {} is not recorded, they are delivered again when the lease ends: {}",
                    deliveries.size(),
                    claim.source(),
                    failure.getMessage());
        } else if (result == SettleResult.LOST) {
            LOG.info("Another process has taken over a subject of {}: its outcome counts", claim.source());
        } else {
            deliveries.stream()
                    .filter(delivery -> delivery.outcome != null)
                    .forEach(delivery -> metrics.count(delivery.outcome.state(), delivery.claimed.receivedAt()));
        }
        settled.run();
    }

    /** One event on its way. */
    private static final class EventDelivery {

        private final ClaimedEvent claimed;
        private volatile Exchange exchange;
        private volatile Verdict verdict;
        private volatile Outcome outcome;
        private volatile boolean postponed;

        private EventDelivery(ClaimedEvent claimed) {
            this.claimed = claimed;
        }

        private boolean appliesDeletion() {
            return exchange != null && exchange.getProperty(ExchangeProperties.TOMBSTONE, false, boolean.class);
        }
    }
}
