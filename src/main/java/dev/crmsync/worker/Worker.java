package dev.crmsync.worker;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One daemon thread with work to do at once, later or again and again. What it throws, be it an {@link Error}, is logged and
 * counted, and what was to be done again and again is.
 */
public final class Worker extends ScheduledThreadPoolExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final long AFTER_FAILURE_MILLIS = 1_000;

    private final String name;
    private final Runnable failed;
    private volatile Future<?> regularly;

    /** @param failed runs for each task that threw */
    Worker(String name, Runnable failed) {
        super(1, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        this.name = name;
        this.failed = failed;
    }

    /** Does it until the worker is shut down: when it returns or throws before, it begins again after a second. */
    public void keepDoing(Runnable work) {
        scheduleWithFixedDelay(work, 0, AFTER_FAILURE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, long first, long delay, TimeUnit unit) {
        ScheduledFuture<?> future = super.scheduleWithFixedDelay(guarded(work), first, delay, unit);
        regularly = future;
        return future;
    }

    /** For {@link #execute} and {@link #submit(Runnable)} too, which come here. */
    @Override
    public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        return super.schedule(guarded(work), delay, unit);
    }

    private Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (Throwable e) { // whatever it is, the thread must go on
                failed.run();
                LOG.error("{} failed and goes on", name, e);
            }
        };
    }

    String name() {
        return name;
    }

    /** True when its regular work has come to an end although nobody shut it down. */
    boolean isDead() {
        Future<?> work = regularly;
        return work != null && work.isDone() && !isShutdown();
    }
}
