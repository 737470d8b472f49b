package dev.crmsync.inbox;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait between attempts: doubling from a first delay up to a longest one, a fifth more or less by chance, so
 * that what failed together does not come back together.
 */
public record BackOff(Duration first, Duration longest) {

    public static final BackOff DEFAULT = new BackOff(Duration.ofSeconds(5), Duration.ofMinutes(30));

    private static final double JITTER = 0.2;
    private static final int MOST_DOUBLINGS = 30;

    public BackOff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "Back-off must grow from a positive delay, was: " + first + " to " + longest);
        }
    }

    /** @param attempts how many attempts have failed, 1 or more */
    Duration after(int attempts, RandomGenerator random) {
        long doubled = first.toMillis() << Math.min(attempts - 1, MOST_DOUBLINGS);
        long millis = doubled <= 0 ? longest.toMillis() : Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(Math.round(millis * (1 + JITTER * (2 * random.nextDouble() - 1))));
    }
}
