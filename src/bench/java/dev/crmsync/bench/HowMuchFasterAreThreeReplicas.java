package dev.crmsync.bench;

import dev.crmsync.reliability.SyncProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The same backlog with one and with three replicas, at 150 ms a call: at least 2.7 times as fast. */
final class HowMuchFasterAreThreeReplicas {

    private HowMuchFasterAreThreeReplicas() {}

    public static void main(String[] arguments) throws Exception {
        int events = Bench.option("events", 60_000);
        Table table = new Table("Replicas at 150 ms a call", "replicas", "seconds", "events/s", "ratio");
        try (Bench bench = new Bench()) {
            double alone = rate(bench, events, 1);
            table.row("1", events / alone, alone, 1.0);
            double three = rate(bench, events, 3);
            table.row("3", events / three, three, three / alone);
        }
    }

    /** All start while delivery is paused, so that none has a lead. */
    private static double rate(Bench bench, int events, int replicas) throws Exception {
        bench.reset();
        bench.queue(events, events);
        bench.sandbox().latency(150);
        bench.pause();
        List<SyncProcess> processes = new ArrayList<>();
        try {
            for (int i = 0; i < replicas; i++) {
                processes.add(bench.startSync());
            }
            bench.resume();
            Bench.until(Duration.ofMinutes(2), Duration.ofMillis(5), () -> bench.pending() < events);
            long left = bench.pending();
            return left / bench.drain();
        } finally {
            processes.forEach(SyncProcess::close);
        }
    }
}
