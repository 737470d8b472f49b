package dev.crmsync.inbox;

import dev.crmsync.event.DeliveryControl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
    private final Map<String, Instant> ours = new ConcurrentHashMap<>();
    private volatile Map<String, Instant> seen = Map.of();
    private final ScheduledExecutorService looking;

    public SharedPauses(Inbox inbox, Clock clock) {
        this.pauses = inbox.pauses();
        this.clock = clock;
        this.looking = inbox.workers().named("inbox-pauses");
        look();
        looking.scheduleWithFixedDelay(this::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean isPaused(String scope) {
        Instant now = clock.instant();
        return holds(ours.get(scope), now) || holds(seen.get(scope), now);
    }

    private static boolean holds(Instant until, Instant now) {
        return until != null && now.isBefore(until);
    }

    @Override
    public void pause(String scope, String reason, Duration duration) {
        Instant now = clock.instant();
        LOG.warn("Delivery of {} is paused for {}: {}", scope, duration, reason);
        ours.put(scope, now.plus(duration));
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
            seen = pauses.list().stream()
                    .collect(Collectors.toMap(
                            Pause::scope, pause -> pause.until() == null ? Instant.MAX : pause.until()));
        } catch (RuntimeException e) {
            LOG.debug("The pauses are not known anew: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
