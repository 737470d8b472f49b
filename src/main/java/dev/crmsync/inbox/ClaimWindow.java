package dev.crmsync.inbox;

import java.time.Clock;
import java.time.Duration;

/**
 * How many events a consumer should have on its way. What is claimed is out of reach for other replicas, and waits for
 * its lease when this one dies, so nobody should hold more than it delivers in about two seconds: the window shrinks
 * while claimed events take longer, and grows again up to its limit when they do not.
 */
final class ClaimWindow {

    /** Two full calls: with less, calls would leave half empty. */
    static final int LEAST = 400;

    static final Duration IN_HAND = Duration.ofSeconds(2);
    private static final Duration BETWEEN_CHANGES = Duration.ofSeconds(1);
    private static final double WEIGHT_OF_NEWEST = 0.02;

    private final int most;
    private final Clock clock;
    private double size;
    private double averageMillis;
    private long changedAt;

    /** @param most events on their way however fast they are delivered */
    ClaimWindow(int most, Clock clock) {
        this.most = most;
        this.clock = clock;
        this.size = most;
        this.changedAt = clock.millis();
    }

    /** Events of one subject have been settled that long after they were claimed. */
    synchronized void settled(Duration after) {
        averageMillis += (after.toMillis() - averageMillis) * WEIGHT_OF_NEWEST;
    }

    synchronized int size() {
        long now = clock.millis();
        if (now - changedAt >= BETWEEN_CHANGES.toMillis()) {
            changedAt = now;
            double wanted = size * IN_HAND.toMillis() / Math.max(1, averageMillis);
            double next = Math.min(Math.max(wanted, size / 2), size * 2);
            size = Math.min(most, Math.max(LEAST, next));
        }
        return (int) Math.min(most, size);
    }
}
