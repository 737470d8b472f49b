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
                "org", "seconds", "events/s", "calls", "events/call");
        try (Bench bench = new Bench()) {
            for (int latency : new int[] {0, 150}) {
                bench.reset();
                bench.queue(events, records);
                bench.sandbox().latency(latency);
                try (SyncProcess sync = bench.startSync()) {
                    Bench.until(Duration.ofMinutes(2), Duration.ofMillis(5), () -> bench.pending() < events);
                    long left = bench.pending();
                    double seconds = bench.drain();
                    long calls = bench.sandbox().calls();
                    table.row(latency + " ms a call", seconds, left / seconds, calls, (double) events / calls);
                    sync.kill();
                }
            }
        }
    }
}
