package dev.crmsync.inbox;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Tries again for some time while the database is away, so that what was delivered need not be delivered once more.
 *
 * @param patience how long; below the lease, or it is of no use
 * @param stopping asked before each further try: true when there is no time left
 */
record DatabaseRetry(Duration patience, BooleanSupplier stopping) {

    /** How long an unavailable database is tried again, unless told otherwise. */
    static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(30);

    private static final long PAUSE_MILLIS = 250;

    /** @throws InboxUnavailableException when the database has stayed away */
    <T> T run(Supplier<T> work) {
        long started = System.nanoTime();
        while (true) {
            try {
                return work.get();
            } catch (InboxUnavailableException e) {
                if (stopping.getAsBoolean() || System.nanoTime() - started > patience.toNanos() || !pause()) {
                    throw e;
                }
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
