package dev.crmsync.inbox;

import java.time.Duration;

/**
 * How much to claim. A subject's waiting events come together: the first {@value #MAX_EVENTS_PER_SUBJECT} of them, and
 * {@value #MAX_BYTES_PER_SUBJECT} bytes as stored, whatever the limits here. Events whose write was cut off are thus not
 * written again without those that followed them in that write, unless that happens time and again: see {@link Handling}.
 *
 * @param source whose events
 * @param owner who claims: unique among all processes that share the database
 * @param maxSubjects most subjects, 1 or more
 * @param maxEvents most events in all, 1 or more; exceeded only by a single subject
 * @param maxBytes most payload bytes as stored, in all, 1 or more; exceeded only by a single subject
 * @param lease how long nobody else gets the subjects
 */
public record ClaimRequest(String source, String owner, int maxSubjects, int maxEvents, long maxBytes, Duration lease) {

    public static final int MAX_EVENTS_PER_SUBJECT = 200;
    public static final long MAX_BYTES_PER_SUBJECT = 4 << 20;

    /** By {@link ParsedSize}; exceeded only by a single event. */
    static final long MAX_PARSED_BYTES_PER_SUBJECT = 32 << 20;

    public ClaimRequest {
        if (source == null || owner == null) {
            throw new IllegalArgumentException("A claim needs source and owner, was: " + source + ", " + owner);
        }
        if (maxSubjects < 1 || maxEvents < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("Limits of a claim must be positive, were: " + maxSubjects
                    + " subjects, " + maxEvents + " events, " + maxBytes + " bytes");
        }
        if (lease.isNegative() || lease.isZero()) {
            throw new IllegalArgumentException("A lease must be positive, was: " + lease);
        }
    }
}
