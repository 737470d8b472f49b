package dev.crmsync.deadletter;

import java.time.Instant;
import java.util.Locale;

/**
 * Dead letters that are alike: same error, same field, same route.
 *
 * @param dead how many are dead letters now
 * @param total how many ever were, as far back as retention keeps them
 * @param firstSeen when the first of these failed
 * @param lastSeen when the last of these failed
 * @param state what people say about it; a new occurrence opens a resolved group again
 * @param owner who looks after it, or null
 * @param note what is known about it, or null
 * @param reopened true when a new occurrence has opened it again
 */
public record FailureGroup(
        String fingerprint,
        String errorClass,
        String errorCode,
        String field,
        String routeId,
        String remedy,
        long dead,
        long total,
        Instant firstSeen,
        Instant lastSeen,
        State state,
        String owner,
        String note,
        boolean reopened) {

    /** What people say about a group. */
    public enum State {
        OPEN,
        ACKNOWLEDGED,
        RESOLVED,
        IGNORED;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException when there is none of that label */
        public static State of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }
}
