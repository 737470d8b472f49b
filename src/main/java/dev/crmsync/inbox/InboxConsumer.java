package dev.crmsync.inbox;

import dev.crmsync.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
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

    /** At least, so that a claim takes what arrives meanwhile, and a pause is not asked about for each arrival. */
    private static final long BETWEEN_CLAIMS_MILLIS = 5;

    private final InboxComponent component;
    private final String source;
    private final AtomicInteger eventsInFlight = new AtomicInteger();
    private final AtomicLong bytesInFlight = new AtomicLong();
    private final AtomicInteger subjectsInFlight = new AtomicInteger();
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
                Duration longest = claimOnce();
                TimeUnit.MILLISECONDS.sleep(BETWEEN_CLAIMS_MILLIS);
                await(longest);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return how long to wait for a signal before looking again */
    private Duration claimOnce() throws InterruptedException {
        int most = window.size();
        int room = most - eventsInFlight.get();
        long bytes = component.limits().bytesInFlight() - bytesInFlight.get();
        Optional<String> owner = component.ownership().owner();
        if (room < Math.max(1, most / 4) || bytes <= 0 || owner.isEmpty()) {
            return component.limits().pollInterval();
        }
        try {
            List<SubjectClaim> claims = claim(new ClaimRequest(
                    source, owner.get(), room, room, bytes, component.limits().lease()));
            return claims.isEmpty() ? component.limits().pollInterval() : Duration.ZERO;
        } catch (InboxUnavailableException e) {
            LOG.warn("Cannot claim events of {}: {}", source, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Cannot claim events of {}", source, e);
        }
        return AFTER_FAILURE;
    }

    private List<SubjectClaim> claim(ClaimRequest request) throws InterruptedException {
        Isolation isolation = component.isolation();
        List<SubjectClaim> claims;
        isolation.join();
        try {
            claims = component.inbox().claim(request);
            claims.forEach(claim -> component.leases().hold(claim, request.owner()));
            if (!component.ownership().isHeldBy(request.owner())) {
                claims.forEach(this::giveBack);
                return List.of();
            }
            if (!isSuspect(claims)) {
                deliver(claims, () -> {
                    isolation.joinToo();
                    return isolation::leave;
                });
            }
        } finally {
            isolation.leave();
        }
        if (isSuspect(claims)) {
            deliverApart(claims);
        }
        return claims;
    }

    private static boolean isSuspect(List<SubjectClaim> claims) {
        return claims.stream().anyMatch(claim -> claim.handling() != Handling.NORMAL);
    }

    /** One of these may end the process: whatever else were in flight would be suspected with it. */
    private void deliverApart(List<SubjectClaim> claims) throws InterruptedException {
        LOG.warn("{} claims of {} were never settled before: tried with nothing beside them", claims.size(), source);
        boolean isolated = false;
        try {
            isolated = component.isolation().begin(component.limits().lease());
        } finally {
            if (!isolated) {
                claims.forEach(this::giveBack);
            }
        }
        if (!isolated) {
            return;
        }
        try {
            deliver(claims, () -> () -> {});
            while (subjectsInFlight.get() > 0) {
                await(component.limits().pollInterval());
            }
        } finally {
            component.isolation().end();
        }
    }

    /** False when another has the subject by now. */
    private boolean mayBeTried(SubjectClaim claim) {
        return claim.handling() != Handling.ALONE || component.inbox().tryAlone(claim);
    }

    /** @param begin runs before each and tells what to run when it is over, whether or not that could be recorded */
    private void deliver(List<SubjectClaim> claims, Supplier<Runnable> begin) throws InterruptedException {
        Deque<SubjectClaim> waiting = new ArrayDeque<>(claims);
        try {
            while (!waiting.isEmpty()) {
                awaitRoom(waiting.peek());
                if (mayBeTried(waiting.peek())) {
                    deliver(waiting.remove(), begin.get());
                } else {
                    component.leases().drop(waiting.remove());
                }
            }
        } finally {
            waiting.forEach(this::giveBack);
        }
    }

    private void giveBack(SubjectClaim claim) {
        component.leases().drop(claim);
        try {
            component.inbox().release(claim);
        } catch (InboxUnavailableException e) {
            LOG.warn("A claim of {} stays until its lease ends: {}", source, e.getMessage());
        }
    }

    /** Parsed, a payload may be many times as large as stored, which is all that the claim goes by. */
    private void awaitRoom(SubjectClaim claim) throws InterruptedException {
        while (bytesInFlight.get() > 0
                && bytesInFlight.get() + claim.parsedBytes()
                        > component.limits().bytesInFlight()) {
            await(component.limits().pollInterval());
        }
    }

    private void deliver(SubjectClaim claim, Runnable over) {
        int events = claim.events().size();
        long bytes = claim.parsedBytes();
        Instant claimedAt = component.clock().instant();
        subjectsInFlight.incrementAndGet();
        eventsInFlight.addAndGet(events);
        bytesInFlight.addAndGet(bytes);
        Runnable settled = () -> {
            subjectsInFlight.decrementAndGet();
            eventsInFlight.addAndGet(-events);
            bytesInFlight.addAndGet(-bytes);
            over.run();
            window.settled(Duration.between(claimedAt, component.clock().instant()));
            signal.release();
        };
        try {
            component.executor().execute(new SubjectDelivery(this, component, claim, metrics, settled));
        } catch (RuntimeException | Error e) {
            component.leases().drop(claim);
            settled.run();
            throw e;
        }
    }

    private void await(Duration longest) throws InterruptedException {
        if (!longest.isZero() && signal.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            signal.drainPermits();
        }
    }
}
