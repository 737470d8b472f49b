package dev.crmsync.inbox;

import io.micrometer.core.instrument.Gauge;
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
 * What waits in the inbox, as gauges. The database is asked at intervals and never by a scrape, so neither a slow
 * database nor an eager scraper harms the other. All replicas show the same figures: take their maximum, not their sum.
 */
public final class InboxGauges implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InboxGauges.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final double MILLIS_PER_SECOND = 1_000;

    private final Inbox inbox;
    private final Clock clock;
    private final Supplier<Set<String>> sources;
    private final MultiGauge events;
    private final MultiGauge oldestWaiting;
    private final MultiGauge paused;
    private final Set<String> knownSources = new TreeSet<>();
    private final Set<String> knownScopes = new TreeSet<>(Set.of(Pause.ALL));
    private final ScheduledExecutorService timer;
    private volatile int reachable;

    /**
     * Starts to look.
     *
     * @param sources those that have a route, shown even when nothing waits
     */
    public InboxGauges(MeterRegistry registry, Inbox inbox, Clock clock, Supplier<Set<String>> sources) {
        this.inbox = inbox;
        this.timer = inbox.workers().named("inbox-gauges");
        this.clock = clock;
        this.sources = sources;
        events = MultiGauge.builder("crm.inbox.events")
                .description("Events in the inbox that are not at their end: pending, or dead and waiting for a person")
                .register(registry);
        oldestWaiting = MultiGauge.builder("crm.inbox.oldest.waiting")
                .description("How long the oldest pending event has been waiting; 0 when none waits")
                .baseUnit("seconds")
                .register(registry);
        paused = MultiGauge.builder("crm.delivery.paused")
                .description("1 while delivery of the scope is paused, else 0")
                .register(registry);
        Gauge.builder("crm.inbox.reachable", () -> reachable)
                .description("1 when the database answered lately, else 0")
                .register(registry);
        timer.scheduleWithFixedDelay(this::look, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            refresh();
            reachable = 1;
        } catch (InboxUnavailableException e) {
            reachable = 0;
        } catch (RuntimeException e) {
            reachable = 0;
            LOG.error("The inbox's gauges are not up to date", e);
        }
    }

    /** Asks the database now. */
    void refresh() {
        Map<String, Backlog> backlog = new TreeMap<>();
        inbox.counts().backlog().forEach(each -> backlog.put(each.source(), each));
        knownSources.addAll(sources.get());
        knownSources.addAll(backlog.keySet());
        List<Row<?>> counts = new ArrayList<>();
        List<Row<?>> ages = new ArrayList<>();
        for (String source : knownSources) {
            Backlog each = backlog.getOrDefault(source, new Backlog(source, 0, null, 0));
            counts.add(Row.of(Tags.of("source", source, "state", "pending"), each.pending()));
            counts.add(Row.of(Tags.of("source", source, "state", "dead"), each.dead()));
            ages.add(Row.of(Tags.of("source", source), each, this::secondsWaiting));
        }
        events.register(counts, true);
        oldestWaiting.register(ages, true);
        refreshPauses();
    }

    /** Computed when read: it goes on growing while the database does not answer. */
    private double secondsWaiting(Backlog backlog) {
        Instant oldest = backlog.oldestPending();
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / MILLIS_PER_SECOND);
    }

    private void refreshPauses() {
        Set<String> now = new TreeSet<>();
        inbox.pauses().list().forEach(pause -> now.add(pause.scope()));
        knownScopes.addAll(now);
        List<Row<?>> rows = new ArrayList<>();
        for (String scope : knownScopes) {
            rows.add(Row.of(Tags.of("scope", scope), now.contains(scope) ? 1 : 0));
        }
        paused.register(rows, true);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
