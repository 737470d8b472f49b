package dev.crmsync.inbox;

import dev.crmsync.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims what is due of one source and delivers it, as much at a time as the limits allow. A signal wakes it as soon as
 * something is accepted here; polling finds the rest.
 */
final class InboxConsumer extends DefaultConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(InboxConsumer.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final long STOP_SECONDS = 10;

    private final InboxComponent component;
    private final String source;
    private final AtomicInteger eventsInFlight = new AtomicInteger();
    private final AtomicLong bytesInFlight = new AtomicLong();
    private final Semaphore signal = new Semaphore(0);
    private final DeliveryMetrics metrics;
    private final ClaimWindow window;
    private volatile boolean claiming;
    private Runnable stopListening;
    private Worker worker;

    InboxConsumer(InboxEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.component = endpoint.getComponent();
        this.source = endpoint.source();
        this.metrics = new DeliveryMetrics(component.metrics(), component.clock(), source);
        this.window = new ClaimWindow(component.limits().eventsInFlight(), component.clock());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        startClaiming();
    }

    @Override
    protected void doResume() {
        startClaiming();
    }

    @Override
    protected void doSuspend() {
        stopClaiming();
    }

    @Override
    protected void doStop() throws Exception {
        stopClaiming();
        super.doStop();
    }

    private void startClaiming() {
        claiming = true;
        stopListening = component.inbox().arrivals().listen(source, signal::release);
        worker = component.inbox().workers().named("inbox-" + source);
        worker.keepDoing(this::claimUntilStopped);
    }

    private void stopClaiming() {
        if (!claiming) {
            return;
        }
        claiming = false;
        stopListening.run();
        worker.shutdownNow();
        try {
            worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void claimUntilStopped() {
        try {
            while (claiming) {
                await(claimOnce());
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return how long to wait for a signal before looking again */
    private Duration claimOnce() {
        int most = window.size();
        int room = most - eventsInFlight.get();
        long bytes = component.limits().bytesInFlight() - bytesInFlight.get();
        if (room < Math.max(1, most / 4) || bytes <= 0) {
            return component.limits().pollInterval();
        }
        try {
            List<SubjectClaim> claims = component
                    .inbox()
                    .claim(new ClaimRequest(
                            source,
                            component.owner(),
                            room,
                            room,
                            bytes,
                            component.limits().lease()));
            claims.forEach(this::deliver);
            return claims.isEmpty() ? component.limits().pollInterval() : Duration.ZERO;
        } catch (InboxUnavailableException e) {
            LOG.warn("Cannot claim events of {}: {}", source, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Cannot claim events of {}", source, e);
        }
        return AFTER_FAILURE;
    }

    private void deliver(SubjectClaim claim) {
        int events = claim.events().size();
        long bytes = claim.events().stream()
                .mapToLong(claimed -> claimed.event().payload().length())
                .sum();
        Instant claimedAt = component.clock().instant();
        eventsInFlight.addAndGet(events);
        bytesInFlight.addAndGet(bytes);
        SubjectDelivery delivery = new SubjectDelivery(this, component, claim, metrics, () -> {
            eventsInFlight.addAndGet(-events);
            bytesInFlight.addAndGet(-bytes);
            window.settled(Duration.between(claimedAt, component.clock().instant()));
            signal.release();
        });
        component.executor().execute(delivery);
    }

    private void await(Duration longest) throws InterruptedException {
        if (!longest.isZero() && signal.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            signal.drainPermits();
        }
    }
}
