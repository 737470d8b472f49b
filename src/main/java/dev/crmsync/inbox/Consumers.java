package dev.crmsync.inbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches that what is accepted is delivered: says in the log once a minute, and in a gauge, of which sources it is not,
 * since no running route of this process is from their {@code inbox:}.
 */
public final class Consumers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Consumers.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    private final Inbox inbox;
    private final Clock clock;
    private final Supplier<Set<String>> accepted;
    private final Supplier<Set<String>> delivered;
    private final MultiGauge gauge;
    private final ScheduledExecutorService timer;
    private Instant said = Instant.MIN;

    /**
     * Starts to watch.
     *
     * @param accepted the sources whose webhooks this process takes in
     * @param delivered those that a running route delivers
     */
    public Consumers(
            MeterRegistry registry,
            Inbox inbox,
            Clock clock,
            Supplier<Set<String>> accepted,
            Supplier<Set<String>> delivered) {
        this.inbox = inbox;
        this.timer = inbox.workers().named("inbox-consumers");
        this.clock = clock;
        this.accepted = accepted;
        this.delivered = delivered;
        gauge = MultiGauge.builder("crm.inbox.consumers")
                .description("1 while a running route of this process delivers the source's events, else 0")
                .register(registry);
        timer.scheduleWithFixedDelay(this::look, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            refresh();
        } catch (InboxUnavailableException e) {
            // said by those who need it
        }
    }

    /** Looks now. */
    void refresh() {
        Map<String, Backlog> waiting = new TreeMap<>();
        accepted.get().forEach(source -> waiting.put(source, new Backlog(source, 0, null, 0)));
        inbox.counts().backlog().stream()
                .filter(backlog -> backlog.pending() > 0)
                .forEach(backlog -> waiting.put(backlog.source(), backlog));
        Set<String> running = delivered.get();
        Set<String> sources = new TreeSet<>(running);
        sources.addAll(waiting.keySet());
        List<Row<?>> rows = new ArrayList<>();
        sources.forEach(source -> rows.add(Row.of(Tags.of("source", source), running.contains(source) ? 1 : 0)));
        gauge.register(rows, true);
        waiting.keySet().removeAll(running);
        if (waiting.isEmpty()) {
            said = Instant.MIN;
        } else if (said.isBefore(clock.instant().minus(BETWEEN_LINES))) {
            said = clock.instant();
            LOG.warn(
                    "Nobody delivers {}: start, add or correct the route from inbox:<source>",
                    String.join(
                            "; ", waiting.values().stream().map(Consumers::line).toList()));
        }
    }

    private static String line(Backlog backlog) {
        return backlog.source()
                + (backlog.pending() == 0
                        ? ", whose webhooks are accepted"
                        : " (" + backlog.pending() + " waiting, the oldest since " + backlog.oldestPending() + ")");
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
