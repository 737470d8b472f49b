package dev.crmsync.inbox;

import dev.crmsync.worker.Workers;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sweeps now and then, in every replica: sweeping twice does no harm. */
public final class RetentionSchedule implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionSchedule.class);

    private final Retention retention;
    private final ScheduledExecutorService executor;

    private RetentionSchedule(Retention retention, ScheduledExecutorService executor) {
        this.retention = retention;
        this.executor = executor;
    }

    /** Starts; the first sweep comes after one interval. */
    public static RetentionSchedule start(Retention retention, Duration interval, Workers workers) {
        RetentionSchedule schedule = new RetentionSchedule(retention, workers.named("inbox-retention"));
        schedule.executor.scheduleWithFixedDelay(
                schedule::sweep, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        return schedule;
    }

    private void sweep() {
        try {
            Retention.Swept swept = retention.sweep();
            if (swept.emptied() + swept.forgotten() > 0) {
                LOG.info("Retention emptied {} events and forgot {}", swept.emptied(), swept.forgotten());
            }
        } catch (RuntimeException e) {
            LOG.warn("Retention waits for its next turn: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
