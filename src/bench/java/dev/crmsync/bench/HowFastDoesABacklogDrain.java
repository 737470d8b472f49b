package dev.crmsync.bench;

import dev.crmsync.reliability.SyncProcess;
import java.time.Duration;

/** Events per second from a backlog, with an org that answers at once and with one that takes 150 ms a call. */
final class HowFastDoesABacklogDrain {

    private HowFastDoesABacklogDrain() {}

    public static void main(String[] arguments) throws Exception {
        int events = Bench.option("events", 100_000);
        int records = Bench.option("records", events / 5);
        Table table = new Table("Delivery of a backlog of " + events + " events over " + records + " records",
                "org, process", "seconds", "events/s", "calls", "events/call");
        try (Bench bench = new Bench()) {
            for (int latency : new int[] {0, 150}) {
                bench.reset();
                bench.sandbox().latency(latency);
                bench.queue(events, records);
                try (SyncProcess sync = bench.startSync()) {
                    Bench.until(Duration.ofMinutes(2), Duration.ofMillis(5), () -> bench.pending() < events);
                    measure(bench, latency + " ms a call, just started", bench.pending(), table);
                    bench.pause();
                    bench.queue(events, records, 2);
                    bench.resume();
                    measure(bench, latency + " ms a call, warm", events, table);
                    sync.kill();
                }
            }
        }
    }

    private static void measure(Bench bench, String what, long events, Table table) throws InterruptedException {
        long before = bench.sandbox().calls();
        double seconds = bench.drain();
        long calls = bench.sandbox().calls() - before;
        table.row(what, seconds, events / seconds, calls, (double) events / calls);
    }
}
