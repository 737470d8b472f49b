package dev.crmsync.deadletter;

import dev.crmsync.inbox.Database;
import dev.crmsync.inbox.InboxUnavailableException;
import dev.crmsync.inbox.Replays;
import dev.crmsync.worker.Workers;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries replay jobs forward, in every replica: they take turns part by part. */
public final class ReplayRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayRunner.class);
    private static final long LOOK_MILLIS = 250;
    private static final long STOP_SECONDS = 5;

    private final ReplayStep step;
    private final ScheduledExecutorService executor;

    private ReplayRunner(ReplayStep step, ScheduledExecutorService executor) {
        this.step = step;
        this.executor = executor;
    }

    /**
     * Starts to look for jobs.
     *
     * @param mayReplay false while what is left of Salesforce's API budget belongs to live traffic
     * @param workers where it gets its thread
     */
    public static ReplayRunner start(
            Database database, Replays replays, Clock clock, BooleanSupplier mayReplay, Workers workers) {
        ReplayRunner runner =
                new ReplayRunner(new ReplayStep(database, replays, clock, mayReplay), workers.named("replay"));
        runner.executor.scheduleWithFixedDelay(runner::lookAfterJobs, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return runner;
    }

    private void lookAfterJobs() {
        try {
            for (long job : step.due()) {
                step.run(job);
            }
        } catch (InboxUnavailableException e) {
            LOG.warn("Replays wait for the database: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("A replay cannot go on", e);
        }
    }

    /** Ends after the part that is being done; another replica, or the next start, goes on from there. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
