package dev.crmsync.salesforce;

import dev.crmsync.event.DeliveryControl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Pauses in memory that remember how they came about. */
final class RecordedPauses implements DeliveryControl {

    private final Clock clock;
    private final List<Pause> pauses = new CopyOnWriteArrayList<>();
    private final Map<String, Instant> until = new ConcurrentHashMap<>();

    RecordedPauses(Clock clock) {
        this.clock = clock;
    }

    record Pause(String scope, String reason, Duration duration) {}

    @Override
    public boolean isPaused(String scope) {
        return clock.instant().isBefore(until.getOrDefault(scope, Instant.EPOCH));
    }

    @Override
    public void pause(String scope, String reason, Duration duration) {
        pauses.add(new Pause(scope, reason, duration));
        until.put(scope, clock.instant().plus(duration));
    }

    List<Pause> all() {
        return pauses;
    }

    void clear() {
        pauses.clear();
        until.clear();
    }
}
