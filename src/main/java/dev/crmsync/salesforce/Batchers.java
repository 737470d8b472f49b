package dev.crmsync.salesforce;

import dev.crmsync.event.Traffic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The batchers of all objects. They share one lock, since a record waits for the records it relates to, which belong to
 * other batchers.
 */
final class Batchers {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Target, Batcher> batchers = new ConcurrentHashMap<>();
    private final Map<String, Refusals> refusals = new ConcurrentHashMap<>();
    private final CollectionsClient client;
    private final Circuit circuit;
    private final RowLeases leases;
    private final ApiBudget budget;
    private final SalesforceMetrics metrics;
    private final BatchLimits limits;
    private final Traffic traffic;
    private final Clock clock;
    private final ExecutorService executor;
    private final ScheduledExecutorService scheduler;

    Batchers(
            CollectionsClient client,
            Circuit circuit,
            RowLeases leases,
            ApiBudget budget,
            SalesforceMetrics metrics,
            BatchLimits limits,
            Traffic traffic,
            Clock clock,
            ExecutorService executor,
            ScheduledExecutorService scheduler) {
        this.client = client;
        this.circuit = circuit;
        this.leases = leases;
        this.budget = budget;
        this.metrics = metrics;
        this.limits = limits;
        this.traffic = traffic;
        this.clock = clock;
        this.executor = executor;
        this.scheduler = scheduler;
        traffic.whenStill(this::leave);
    }

    Batcher of(String object, String keyField) {
        return batchers.computeIfAbsent(new Target(object, keyField), this::create);
    }

    private Batcher create(Target target) {
        CallSize size = new CallSize(limits.rows(), clock);
        Refusals perObject = refusals.computeIfAbsent(target.object, object -> new Refusals());
        UpsertCall call =
                new UpsertCall(client, circuit, leases, perObject, size, metrics, target.object, target.keyField);
        return new Batcher(this, new UpsertQueue(limits, size), size, call, lock);
    }

    void leave() {
        batchers.values().forEach(Batcher::leave);
    }

    /**
     * True when the parent waits to be written first, or is being written; but not when it waits for the child in turn, or
     * both would wait for ever. The lock must be held.
     */
    boolean isUnderWay(PendingUpsert child, ExternalKey parent) {
        return of(parent.field()).anyMatch(batcher -> batcher.isUnderWay(parent.value()))
                && !waitsFor(
                        parent,
                        new ExternalKey(
                                child.upsert().keyField(), child.upsert().key()));
    }

    private boolean waitsFor(ExternalKey record, ExternalKey awaited) {
        Set<ExternalKey> seen = new HashSet<>(Set.of(record));
        Deque<ExternalKey> line = new ArrayDeque<>(seen);
        while (!line.isEmpty() && !seen.contains(awaited)) {
            ExternalKey next = line.remove();
            of(next.field())
                    .flatMap(batcher -> batcher.parentsOf(next.value()))
                    .filter(seen::add)
                    .forEach(line::add);
        }
        return seen.contains(awaited);
    }

    private Stream<Batcher> of(String keyField) {
        return batchers.entrySet().stream()
                .filter(entry -> entry.getKey().keyField.equals(keyField))
                .map(Map.Entry::getValue);
    }

    /** The number of records that wait, over all objects. */
    int waiting() {
        return batchers.values().stream().mapToInt(Batcher::waiting).sum();
    }

    /** True when waiting longer would not fill a call: nothing is on its way, and calls are plenty. */
    boolean mayLeaveEarly() {
        return traffic.isStill() && !budget.isStretched();
    }

    Duration linger() {
        return budget.linger();
    }

    BatchLimits limits() {
        return limits;
    }

    Instant now() {
        return clock.instant();
    }

    ExecutorService executor() {
        return executor;
    }

    ScheduledExecutorService scheduler() {
        return scheduler;
    }

    private record Target(String object, String keyField) {}
}
