package dev.crmsync.inbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the leases of claims in flight alive, and gives them up on shutdown. */
public final class Leases implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    private record Held(String owner, long fence, Instant until) {}

    private final Map<Long, Held> held = new ConcurrentHashMap<>();
    private final Inbox inbox;
    private final Ownership ownership;
    private final Duration lease;
    private final Clock clock;
    private final LongConsumer onLost;
    private final ScheduledExecutorService heartbeat;

    /**
     * Starts the heartbeat: a lease is renewed when a third of it has passed.
     *
     * @param ownership of this process: what was claimed under a name that it does not hold is not held
     * @param lease as claimed
     * @param onLost told the subject id of a claim that another holder may have by now
     */
    public Leases(Inbox inbox, Ownership ownership, Duration lease, Clock clock, LongConsumer onLost) {
        this.inbox = inbox;
        this.ownership = ownership;
        this.lease = lease;
        this.clock = clock;
        this.onLost = onLost;
        this.heartbeat = inbox.workers().named("inbox-leases");
        long period = Math.max(1, lease.toMillis() / 6);
        heartbeat.scheduleWithFixedDelay(this::beat, period, period, TimeUnit.MILLISECONDS);
    }

    /**
     * Keeps a claim's lease alive from now on.
     *
     * @param owner who claimed it: the one of the {@link ClaimRequest}
     */
    public void hold(SubjectClaim claim, String owner) {
        held.put(claim.subjectId(), new Held(owner, claim.fence(), claim.leaseUntil()));
    }

    /** Stops keeping it alive: call it right before the claim is settled. */
    public void drop(SubjectClaim claim) {
        held.computeIfPresent(claim.subjectId(), (id, holding) -> holding.fence() == claim.fence() ? null : holding);
    }

    /**
     * True while nobody else can have the subject, as far as this process knows. Between this look and the write that it
     * permits passes some time: a tenth of the lease before its end, it counts as ended.
     */
    public boolean holds(SubjectClaim claim) {
        Held holding = held.get(claim.subjectId());
        return holding != null
                && holding.fence() == claim.fence()
                && ownership.isHeldBy(holding.owner())
                && clock.instant().plus(lease.dividedBy(10)).isBefore(holding.until());
    }

    private void beat() {
        try {
            renew();
        } catch (InboxUnavailableException e) {
            LOG.warn("Leases could not be renewed; they end by themselves if this goes on: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Leases could not be renewed", e);
        }
    }

    /** Renews what needs it now; the heartbeat does so by itself. */
    void renew() {
        ownership.owner().ifPresent(this::renew);
    }

    private void renew(String owner) {
        held.values().removeIf(holding -> !holding.owner().equals(owner));
        Instant now = clock.instant();
        Map<Long, Long> due = new HashMap<>();
        held.forEach((id, holding) -> {
            if (!holding.until().isAfter(now.plus(lease.multipliedBy(2).dividedBy(3)))) {
                due.put(id, holding.fence());
            }
        });
        if (due.isEmpty()) {
            return;
        }
        Set<Long> renewed = inbox.renew(due, lease);
        due.forEach((id, fence) -> {
            Held before = held.get(id);
            if (before == null || before.fence() != fence) {
                return;
            }
            if (renewed.contains(id)) {
                held.replace(id, before, new Held(owner, fence, now.plus(lease)));
            } else if (held.remove(id, before)) {
                onLost.accept(id);
            }
        });
    }

    /**
     * Ends the heartbeat, and makes everything claimable at once that this process had claimed, but for what is still held: its
     * calls may be in flight, so nobody gets it before the lease ends.
     */
    @Override
    public void close() {
        heartbeat.shutdownNow();
        Map<Long, Long> unfinished = new HashMap<>();
        held.forEach((id, holding) -> unfinished.put(id, holding.fence()));
        held.clear();
        ownership.owner().ifPresent(owner -> {
            inbox.keepUntilTheirEnd(owner, unfinished, clock.instant().plus(lease));
            inbox.releaseAll(owner);
        });
    }
}
