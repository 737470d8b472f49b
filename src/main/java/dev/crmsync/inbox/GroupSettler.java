package dev.crmsync.inbox;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Settles claims of many threads in shared transactions. While the database is away it tries again for some time, so
 * that what was delivered need not be delivered once more. A result that fails was not recorded: the events stay
 * pending and are claimed again when the lease ends.
 */
public final class GroupSettler implements AutoCloseable {

    private static final GroupLimits DEFAULT_LIMITS = new GroupLimits(400, 8L << 20, 100_000);

    private final GroupCommit<Settlement, SettleResult> commits;
    private volatile boolean closing;

    public GroupSettler(Inbox inbox) {
        this(inbox, DEFAULT_LIMITS, DatabaseRetry.DEFAULT_PATIENCE);
    }

    /** @param patience how long an unavailable database is tried again; below the lease, or it is of no use */
    public GroupSettler(Inbox inbox, GroupLimits limits, Duration patience) {
        DatabaseRetry retry = new DatabaseRetry(patience, () -> closing);
        this.commits = new GroupCommit<>(
                inbox.workers(),
                "inbox-settle",
                limits,
                GroupSettler::weight,
                group -> retry.run(() -> inbox.settle(group)));
    }

    /**
     * Returns at once. The future completes on the writer's thread: what follows it must be short. It fails with
     * {@link InboxUnavailableException} when the database cannot record it.
     */
    public CompletableFuture<SettleResult> settle(Settlement settlement) {
        return commits.submit(settlement);
    }

    private static long weight(Settlement settlement) {
        return settlement.outcomes().stream()
                .mapToLong(outcome ->
                        100 + (outcome.upserts() == null ? 0 : outcome.upserts().length()))
                .sum();
    }

    /** How many settlements wait to be recorded. */
    public int waiting() {
        return commits.waiting();
    }

    /** Records what waits, then refuses everything. */
    @Override
    public void close() {
        closing = true;
        commits.close();
    }
}
