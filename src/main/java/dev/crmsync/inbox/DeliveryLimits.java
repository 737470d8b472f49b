package dev.crmsync.inbox;

import java.time.Duration;

/**
 * How much one source has on its way at a time, and how long things may take.
 *
 * @param eventsInFlight most events that are claimed and not settled, at least 1; see {@link ClaimWindow}
 * @param bytesInFlight most bytes of heap that events being delivered may hold by {@link ParsedSize}, at least 1; exceeded
 *     only by a single subject
 * @param lease how long nobody else gets a claimed subject; renewed while it is being delivered
 * @param pollInterval how often to look for what other processes stored, and for what is due again
 */
public record DeliveryLimits(int eventsInFlight, long bytesInFlight, Duration lease, Duration pollInterval) {

    public static final DeliveryLimits DEFAULT =
            new DeliveryLimits(5_000, 64L << 20, Duration.ofSeconds(60), Duration.ofMillis(500));

    public DeliveryLimits {
        if (eventsInFlight < 1) {
            throw new IllegalArgumentException("At least 1 event must be in flight, was: " + eventsInFlight);
        }
        if (bytesInFlight < 1) {
            throw new IllegalArgumentException("At least 1 byte must be in flight, was: " + bytesInFlight);
        }
    }
}
