package dev.crmsync.inbox;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Settles claims of many threads in shared transactions. A result that fails was not recorded: the events stay pending
 * and are claimed again when the lease ends.
 */
public final class GroupSettler implements AutoCloseable {

    private final GroupCommit<Settlement, SettleResult> commits;
    private final Inbox inbox;

    public GroupSettler(Inbox inbox) {
        this(inbox, new GroupLimits(400, 8L << 20, 100_000));
    }

    public GroupSettler(Inbox inbox, GroupLimits limits) {
        this.inbox = inbox;
        this.commits = new GroupCommit<>("inbox-settle", limits, GroupSettler::weight, this::settle);
    }

    /**
     * Returns at once. The future completes on the writer's thread: what follows it must be short. It fails with
     * {@link InboxUnavailableException} when the database cannot record it.
     */
    public CompletableFuture<SettleResult> settle(Settlement settlement) {
        return commits.submit(settlement);
    }

    private List<SettleResult> settle(List<Settlement> group) {
        return inbox.settle(group);
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
        commits.close();
    }
}
