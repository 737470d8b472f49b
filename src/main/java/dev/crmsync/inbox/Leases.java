package dev.crmsync.inbox;

import dev.crmsync.event.Lease;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subjects that this process holds. Their leases are renewed well before they end; what could not be renewed is not
 * written any more.
 */
final class Leases {

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    private final Inbox inbox;
    private final Duration duration;
    private final Clock clock;
    private final Map<Long, Held> held = new ConcurrentHashMap<>();

    Leases(Inbox inbox, Duration duration, Clock clock) {
        this.inbox = inbox;
        this.duration = duration;
        this.clock = clock;
    }

    Lease hold(SubjectClaim claim) {
        Held lease = new Held(claim.fence(), claim.leaseUntil());
        held.put(claim.subjectId(), lease);
        return now -> now.isBefore(lease.until.minus(margin()));
    }

    void letGo(SubjectClaim claim) {
        held.computeIfPresent(claim.subjectId(), (subject, lease) -> lease.fence == claim.fence() ? null : lease);
    }

    /** Between the look at the lease and the write passes some time: so much earlier it counts as ended. */
    private Duration margin() {
        return duration.dividedBy(10);
    }

    /** To be called several times within a lease. */
    void renew() {
        Map<Long, Long> fences =
                held.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().fence));
        if (fences.isEmpty()) {
            return;
        }
        Instant until = clock.instant().plus(duration);
        try {
            Set<Long> renewed = inbox.renew(fences, duration);
            renewed.forEach(subject -> held.computeIfPresent(subject, (id, lease) -> {
                if (lease.fence == fences.get(id)) {
                    lease.until = until;
                }
                return lease;
            }));
        } catch (InboxUnavailableException e) {
            LOG.warn("Leases on {} subjects could not be renewed: {}", fences.size(), e.getMessage());
        }
    }

    private static final class Held {

        private final long fence;
        private volatile Instant until;

        private Held(long fence, Instant until) {
            this.fence = fence;
            this.until = until;
        }
    }
}
