package dev.crmsync.salesforce;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.apache.camel.Exchange;

/** Passes on the first answer to a call, be it the failure that it took too long; what comes later is dropped. */
final class Deadline implements BiConsumer<Exchange, Failure> {

    private final BiConsumer<Exchange, Failure> answer;
    private final Failure missed;
    private final AtomicBoolean answered = new AtomicBoolean();
    private volatile Future<?> alarm;

    Deadline(BiConsumer<Exchange, Failure> answer, Failure missed) {
        this.answer = answer;
        this.missed = missed;
    }

    /** This deadline, running. */
    Deadline in(Duration duration, ScheduledExecutorService scheduler) {
        try {
            alarm = scheduler.schedule(() -> accept(null, missed), duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            // the process ends sooner than the deadline
        }
        return this;
    }

    @Override
    public void accept(Exchange exchange, Failure failure) {
        if (answered.compareAndSet(false, true)) {
            Future<?> running = alarm;
            if (running != null) {
                running.cancel(false);
            }
            answer.accept(exchange, failure);
        }
    }
}
