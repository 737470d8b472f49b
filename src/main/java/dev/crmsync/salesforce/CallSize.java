package dev.crmsync.salesforce;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How many records of an object travel in one call: fewer after a call that may have failed for its size, by a time-out
 * or a governor limit; after {@link #HOLD}, more again with each call that is accepted. A record that failed by a passing fault travels with ever fewer others, in the end alone, until it is written.
 */
final class CallSize {

    /** How long calls do not grow after one that failed. */
    static final Duration HOLD = Duration.ofMinutes(2);

    private static final int DIVISOR = 4;
    private static final int MOST_REMEMBERED = 1_000;

    private final int most;
    private final Clock clock;
    private final Map<String, Integer> troubled = new LinkedHashMap<>();
    private int rows;
    private Instant holdUntil = Instant.EPOCH;

    /** @param most records in a call while nothing is wrong, 1 or more */
    CallSize(int most, Clock clock) {
        this.most = most;
        this.clock = clock;
        this.rows = most;
    }

    /** Records in a call now. */
    synchronized int rows() {
        return rows;
    }

    /** Records in a call now that carries this one. */
    synchronized int rowsWith(String key) {
        return Math.min(rows, troubled.getOrDefault(key, most));
    }

    /**
     * A call was accepted.
     *
     * @param written keys of the records that were written
     * @param passing keys of those that failed by a passing fault
     * @param sent how many records it carried
     */
    synchronized void accepted(Collection<String> written, Collection<String> passing, int sent) {
        troubled.keySet().removeAll(Set.copyOf(written));
        troubled(passing, sent);
        if (passing.size() == sent && sent > 1) {
            failed(sent);
        } else if (sent >= rows && !clock.instant().isBefore(holdUntil)) {
            rows = Math.min(rows * 2, most);
        }
    }

    /** A call of so many records failed as a whole, perhaps for its size; that is not why if it was but one. */
    synchronized void failed(int sent) {
        rows = sent > 1 ? fewer(sent) : most;
        holdUntil = clock.instant().plus(HOLD);
    }

    /** These records failed in a call of so many. */
    synchronized void troubled(Collection<String> keys, int sent) {
        for (String key : keys) {
            troubled.remove(key);
            troubled.put(key, fewer(sent));
            if (troubled.size() > MOST_REMEMBERED) {
                troubled.remove(troubled.keySet().iterator().next());
            }
        }
    }

    private static int fewer(int sent) {
        return Math.max(1, sent / DIVISOR);
    }
}
