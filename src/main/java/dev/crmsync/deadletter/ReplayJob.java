package dev.crmsync.deadletter;

import java.time.Instant;
import java.util.Locale;

/**
 * A replay of many events, which goes on over crashes and is shared by all replicas.
 *
 * @param filter as it was when the job was made
 * @param chosen how many events were chosen one by one, or 0 when the filter says which
 * @param rate events per second
 * @param matched events that matched when the job was made
 * @param requeued of these, how many are pending again, or were
 * @param skipped of these, how many had changed meanwhile
 * @param yields true while it waits for live traffic
 * @param finishedAt when it was done or cancelled, or null
 */
public record ReplayJob(
        long id,
        String name,
        String reason,
        String createdBy,
        Instant createdAt,
        EventFilter filter,
        int chosen,
        int rate,
        State state,
        long matched,
        long requeued,
        long skipped,
        boolean yields,
        Instant finishedAt) {

    /** Where a job stands. */
    public enum State {
        RUNNING,
        PAUSED,
        CANCELLED,
        DONE;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Events not looked at yet; what a cancelled job has left as it was. */
    public long remaining() {
        return Math.max(0, matched - requeued - skipped);
    }

    public boolean isOver() {
        return state == State.CANCELLED || state == State.DONE;
    }
}
