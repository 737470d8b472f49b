package dev.crmsync.bench;

import dev.crmsync.reliability.SyncProcess;

/** API calls for 5,000 waiting events: 500 records, 8 calls or fewer; 5,000 records, 26 or fewer. */
final class HowManyCallsDoesABurstUse {

    private HowManyCallsDoesABurstUse() {}

    public static void main(String[] arguments) throws Exception {
        int events = Bench.option("events", 5_000);
        Table table = new Table("API calls for a burst of events", "events over records", "calls", "events/call");
        try (Bench bench = new Bench()) {
            for (int records : new int[] {500, 5_000}) {
                for (int latency : new int[] {0, 150}) {
                    bench.reset();
                    try (SyncProcess migrates = bench.startSync()) {
                        migrates.kill();
                    }
                    bench.queue(events, records);
                    bench.sandbox().latency(latency);
                    long before = bench.sandbox().calls();
                    try (SyncProcess sync = bench.startSync()) {
                        bench.drain();
                        long calls = bench.sandbox().calls() - before;
                        table.row(
                                events + " over " + records + ", " + latency + " ms a call",
                                calls,
                                (double) events / calls);
                        sync.kill();
                    }
                }
            }
        }
    }
}
