package dev.crmsync.bench;

import dev.crmsync.reliability.SyncProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The same backlog with one and with three replicas, at 150 ms a call: at least 2.7 times as fast. Where all of them share
 * two cores, those are soon the limit; with small calls it is Salesforce's answer, as with replicas on machines of their
 * own.
 */
final class HowMuchFasterAreThreeReplicas {

    private static final int WARM_UP = 10_000;

    private HowMuchFasterAreThreeReplicas() {}

    public static void main(String[] arguments) throws Exception {
        int events = Bench.option("events", 60_000);
        Table table = new Table(
                "Warm replicas at 150 ms a call, each event another record", "calls, replicas", "seconds", "events/s", "ratio");
        try (Bench bench = new Bench()) {
            compare(bench, "1 call of 50 rows at a time", events / 4, table,
                    "crm.salesforce.rows-per-call=50", "crm.salesforce.calls-in-flight=1");
            compare(bench, "default", events, table);
        }
    }

    private static void compare(Bench bench, String calls, int events, Table table, String... settings)
            throws Exception {
        double alone = rate(bench, events, 1, settings);
        table.row(calls + ", 1 replica", events / alone, alone, 1.0);
        double three = rate(bench, events, 3, settings);
        table.row(calls + ", 3 replicas", events / three, three, three / alone);
    }

    /** All start while delivery is paused, so that none has a lead. */
    private static double rate(Bench bench, int events, int replicas, String... settings) throws Exception {
        bench.reset();
        bench.queue(WARM_UP * replicas, WARM_UP);
        List<SyncProcess> processes = new ArrayList<>();
        try {
            bench.sandbox().latency(0);
            bench.pause();
            for (int i = 0; i < replicas; i++) {
                processes.add(bench.startSync(settings));
            }
            bench.resume();
            bench.drain();
            bench.pause();
            bench.sandbox().latency(150);
            bench.queue(events, events, replicas + 1);
            bench.resume();
            Bench.until(Duration.ofMinutes(2), Duration.ofMillis(5), () -> bench.pending() < events);
            long left = bench.pending();
            return left / bench.drain();
        } finally {
            processes.forEach(SyncProcess::close);
        }
    }
}
