package dev.crmsync.salesforce;

import java.time.Duration;

/**
 * How large calls grow, and how many go out at a time.
 *
 * @param rows records in one call, 1 to {@value #MAX_ROWS}
 * @param bytes request size at which a call is full; the record that passes it still travels along
 * @param callsInFlight calls of one object and key field at the same time, at least 1
 * @param linger longest wait of an upsert for company while other events are on their way
 */
public record BatchLimits(int rows, int bytes, int callsInFlight, Duration linger) {

    /** Salesforce's limit for one sObject Collections request. */
    public static final int MAX_ROWS = 200;

    public static final BatchLimits DEFAULT = new BatchLimits(MAX_ROWS, 4 << 20, 2, Duration.ofMillis(10));

    public BatchLimits {
        if (rows < 1 || rows > MAX_ROWS) {
            throw new IllegalArgumentException("A call takes 1 to " + MAX_ROWS + " rows, was: " + rows);
        }
        if (callsInFlight < 1) {
            throw new IllegalArgumentException("At least 1 call must be in flight, was: " + callsInFlight);
        }
    }
}
