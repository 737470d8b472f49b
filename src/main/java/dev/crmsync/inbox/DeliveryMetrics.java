package dev.crmsync.inbox;

import dev.crmsync.event.EventState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** What one source's events become, and how long they take from receipt to their end. */
final class DeliveryMetrics {

    private final Map<EventState, Counter> ends = new EnumMap<>(EventState.class);
    private final Timer age;
    private final Clock clock;

    DeliveryMetrics(MeterRegistry registry, Clock clock, String source) {
        this.clock = clock;
        for (EventState state : EventState.values()) {
            if (state != EventState.DISCARDED) {
                ends.put(
                        state,
                        Counter.builder("crm.deliveries")
                                .description("Attempts to deliver an event, by what they led to; pending means retry")
                                .tag("source", source)
                                .tag("outcome", state.label())
                                .register(registry));
            }
        }
        age = Timer.builder("crm.event.age")
                .description("Time from receipt to the end of an event")
                .tag("source", source)
                .register(registry);
    }

    void count(EventState state, Instant receivedAt) {
        ends.get(state).increment();
        if (state.isEnd()) {
            age.record(Duration.between(receivedAt, clock.instant()));
        }
    }
}
