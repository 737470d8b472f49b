package dev.crmsync.worker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The workers of one process, so that it can be told which of them, if any, has stopped working. */
public final class Workers {

    private final Queue<Worker> workers = new ConcurrentLinkedQueue<>();
    private final MeterRegistry metrics;

    /** @param metrics gets {@code crm.worker.failures}, by worker */
    public Workers(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /** For parts that run by themselves, measured by nobody. */
    public static Workers unmeasured() {
        return new Workers(new SimpleMeterRegistry());
    }

    /** @param name of the thread too */
    public Worker named(String name) {
        Counter failures = Counter.builder("crm.worker.failures")
                .description("Tasks of a worker that threw; it goes on with the next")
                .tag("worker", name)
                .register(metrics);
        Worker worker = new Worker(name, failures::increment);
        workers.removeIf(Worker::isShutdown);
        workers.add(worker);
        return worker;
    }

    /** The names of those that have stopped working although nobody shut them down, sorted. */
    public List<String> dead() {
        return workers.stream()
                .filter(Worker::isDead)
                .map(Worker::name)
                .distinct()
                .sorted()
                .toList();
    }
}
