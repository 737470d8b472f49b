package dev.crmsync.inbox;

import dev.crmsync.event.EventState;
import dev.crmsync.event.Turn;
import dev.crmsync.event.Turns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncCallback;
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

    /** @param settled runs when the claim is over, whether or not it could be recorded */
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
        Turns turns = new Turns(now -> component.leases().holds(claim), component.traffic());
        for (ClaimedEvent claimed : claim.events()) {
            EventDelivery delivery = new EventDelivery(claimed);
            deliveries.add(delivery);
            if (claimed.sealed()) {
                delivery.keepSealed();
                break;
            }
            Optional<DeadEventException> refused = refuse(claimed);
            if (refused.isPresent()) {
                unfinished.incrementAndGet();
                deadLetter(delivery, refused.get(), turns.next());
                continue;
            }
            start(delivery, turns.next());
        }
        turns.complete();
        finishedOne();
    }

    /** Why an event is not even tried, or empty. */
    private Optional<DeadEventException> refuse(ClaimedEvent claimed) {
        return claim.handling() == Handling.GIVE_UP
                ? Optional.of(DeadEventException.ofDelivery(
                        "CLAIM_NEVER_SETTLED",
                        "Its delivery never came to an end: " + Handling.CLAIMS
                                + " times together with others, then once with nothing else in flight in its process"))
                : DatedAhead.refuse(claimed.event(), claimed.receivedAt());
    }

    private void start(EventDelivery delivery, Turn turn) {
        unfinished.incrementAndGet();
        Once routed = new Once(() -> routed(delivery, turn));
        try {
            Exchange exchange = consumer.createExchange(false);
            delivery.travelOn(
                    exchange,
                    turn,
                    claim.standingOf(delivery.claimed()),
                    component.tracing(),
                    claim.deliveredBefore(),
                    component.clock().instant());
            consumer.createUoW(exchange);
            consumer.getAsyncProcessor().process(exchange, routed);
        } catch (Throwable e) { // an error too ends this event, and not the delivery of its source
            delivery.breakOff(e);
            routed.done(true);
        }
    }

    private void routed(EventDelivery delivery, Turn turn) {
        delivery.undeliverable(component.clock().instant())
                .ifPresentOrElse(why -> deadLetter(delivery, why, turn), () -> finished(delivery, turn));
    }

    /** Ends an event as a dead letter for a reason that no route has given, along the route of all dead letters. */
    private void deadLetter(EventDelivery delivery, DeadEventException why, Turn turn) {
        Once written = new Once(() -> finished(delivery, turn));
        try {
            if (delivery.exchange() != null) {
                consumer.doneUoW(delivery.exchange());
            }
            Exchange exchange = consumer.createExchange(false);
            delivery.travelAsDeadLetterOn(
                    exchange, why, claim.deliveredBefore(), component.clock().instant());
            consumer.createUoW(exchange);
            component.deadLetters().process(exchange, written);
        } catch (Throwable e) {
            LOG.error(
                    "The dead letter of event {} is without details",
                    delivery.event().id(),
                    e);
            delivery.breakOff(why);
            written.done(true);
        }
    }

    private void finished(EventDelivery delivery, Turn turn) {
        try {
            delivery.conclude(component.clock().instant());
            if (delivery.exchange() != null) {
                consumer.doneUoW(delivery.exchange());
            }
        } catch (Throwable e) {
            LOG.error(
                    "The end of event {} is unclear: it stays pending",
                    delivery.event().id(),
                    e);
            delivery.stayPending();
        } finally {
            turn.finish();
            finishedOne();
        }
    }

    private void finishedOne() {
        if (unfinished.decrementAndGet() == 0) {
            try {
                settle();
            } catch (Throwable e) { // nobody else would stop holding the lease
                settled(null, e);
            }
        }
    }

    /** Of those that wait for their record, the newest of each aspect: or logins of a stranger would pile up. */
    private void letTheNewestWait() {
        Set<String> waiting = new HashSet<>();
        for (int i = deliveries.size() - 1; i >= 0; i--) {
            EventDelivery delivery = deliveries.get(i);
            if (delivery.waitsForItsRecord() && !waiting.add(delivery.event().aspect())) {
                delivery.supersede("a newer event of this subject waits for the same record");
            }
        }
    }

    private void settle() {
        letTheNewestWait();
        List<Outcome> outcomes = deliveries.stream()
                .map(EventDelivery::outcome)
                .filter(Objects::nonNull)
                .toList();
        AppliedKeys applied = claim.applied();
        Set<Long> recalled = new HashSet<>();
        for (EventDelivery delivery : deliveries) {
            applied = delivery.moveForward(applied);
            recalled.addAll(delivery.recalled());
        }
        component
                .settler()
                .settle(Settlement.of(claim, outcomes, applied, retryAt(outcomes))
                        .recalling(recalled))
                .whenComplete(this::settled);
    }

    /** The earliest that any of them wants: none waits for the pause of another. */
    private Instant retryAt(List<Outcome> outcomes) {
        Instant now = component.clock().instant();
        // What was delivered may be just what the others wait for.
        boolean progress = outcomes.stream().anyMatch(outcome -> outcome.state() == EventState.DELIVERED);
        return deliveries.stream()
                .map(delivery -> delay(delivery, progress))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .map(delay -> moreCanFollow(outcomes) ? now : now.plus(delay))
                .orElse(claim.complete() && outcomes.size() == claim.events().size() ? null : now);
    }

    /** What waits beyond the claim is looked at as soon as something of it has ended, or else the same would be tried again. */
    private boolean moreCanFollow(List<Outcome> outcomes) {
        return !claim.complete()
                && outcomes.stream().anyMatch(outcome -> outcome.state().isEnd());
    }

    private Duration delay(EventDelivery delivery, boolean progress) {
        if (delivery.outcome() == null || delivery.outcome().state() != EventState.PENDING) {
            return delivery.postponement();
        }
        int failedAttempts = progress ? 1 : delivery.claimed().attempts() + 1;
        return component.backOff().after(failedAttempts, ThreadLocalRandom.current());
    }

    private void settled(SettleResult result, Throwable failure) {
        component.leases().drop(claim);
        try {
            tell(result, failure);
        } finally {
            settled.run();
        }
    }

    private void tell(SettleResult result, Throwable failure) {
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
                    .filter(delivery -> delivery.outcome() != null)
                    .forEach(delivery -> metrics.count(
                            delivery.outcome().state(), delivery.claimed().receivedAt()));
        }
    }

    /** Runs once, however often it is called back: by an exchange that has ended, and by what it threw on its way. */
    private record Once(Runnable action, AtomicBoolean isDone) implements AsyncCallback {

        Once(Runnable action) {
            this(action, new AtomicBoolean());
        }

        @Override
        public void done(boolean doneSync) {
            if (isDone.compareAndSet(false, true)) {
                action.run();
            }
        }
    }
}
