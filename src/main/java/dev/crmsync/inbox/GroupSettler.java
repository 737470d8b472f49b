package dev.crmsync.inbox;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Settles claims of many threads in shared transactions. While the database is away it tries again for some time, so
 * that what was delivered need not be delivered once more. A result that fails was not recorded: the events stay
 * pending and are claimed again when the lease ends.
 */
public final class GroupSettler implements AutoCloseable {

    /** How long an unavailable database is tried again, unless told otherwise. */
    public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(30);

    private static final GroupLimits DEFAULT_LIMITS = new GroupLimits(400, 8L << 20, 100_000);
    private static final long PAUSE_MILLIS = 250;

    private final GroupCommit<Settlement, SettleResult> commits;
    private final Inbox inbox;
    private final long patienceNanos;
    private volatile boolean closing;

    public GroupSettler(Inbox inbox) {
        this(inbox, DEFAULT_LIMITS, DEFAULT_PATIENCE);
    }

    /** @param patience how long an unavailable database is tried again; below the lease, or it is of no use */
    public GroupSettler(Inbox inbox, GroupLimits limits, Duration patience) {
        this.inbox = inbox;
        this.patienceNanos = patience.toNanos();
        this.commits = new GroupCommit<>(inbox.workers(), "inbox-settle", limits, GroupSettler::weight, this::settle);
    }

    /**
     * Returns at once. The future completes on the writer's thread: what follows it must be short. It fails with
     * {@link InboxUnavailableException} when the database cannot record it.
     */
    public CompletableFuture<SettleResult> settle(Settlement settlement) {
        return commits.submit(settlement);
    }

    private List<SettleResult> settle(List<Settlement> group) {
        long started = System.nanoTime();
        while (true) {
            try {
                return inbox.settle(group);
            } catch (InboxUnavailableException e) {
                if (closing || System.nanoTime() - started > patienceNanos || !pause()) {
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
