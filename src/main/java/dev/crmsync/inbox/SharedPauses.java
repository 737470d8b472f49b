package dev.crmsync.inbox;

import dev.crmsync.event.DeliveryControl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pauses of the database as this process last saw them, looked at once a second. What this process pauses itself
 * holds at once, even when the database cannot be told.
 */
public final class SharedPauses implements DeliveryControl, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SharedPauses.class);
    private static final long LOOK_EVERY_MILLIS = 1_000;

    private final Pauses pauses;
    private final Clock clock;
    private final Map<String, Instant> pausedUntil = new ConcurrentHashMap<>();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "inbox-pauses");
        thread.setDaemon(true);
        return thread;
    });

    public SharedPauses(Inbox inbox, Clock clock) {
        this.pauses = inbox.pauses();
        this.clock = clock;
        look();
        looking.scheduleWithFixedDelay(this::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean isPaused(String scope) {
        Instant until = pausedUntil.get(scope);
        return until != null && clock.instant().isBefore(until);
    }

    @Override
    public void pause(String scope, String reason, Duration duration) {
        Instant now = clock.instant();
        LOG.warn("Delivery of {} is paused for {}: {}", scope, duration, reason);
        pausedUntil.put(scope, now.plus(duration));
        looking.execute(() -> {
            try {
                pauses.pauseUnlessHeld(new Pause(scope, reason, Pause.CIRCUIT, now, now.plus(duration)));
            } catch (RuntimeException e) {
                LOG.warn("The pause of {} holds in this process only: {}", scope, e.getMessage());
            }
        });
    }

    private void look() {
        try {
            Map<String, Instant> seen = new ConcurrentHashMap<>();
            for (Pause pause : pauses.list()) {
                seen.put(pause.scope(), pause.until() == null ? Instant.MAX : pause.until());
            }
            pausedUntil.keySet().retainAll(seen.keySet());
            pausedUntil.putAll(seen);
        } catch (RuntimeException e) {
            LOG.debug("The pauses are not known anew: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
