package dev.crmsync.bench;

import dev.crmsync.reliability.Sender;
import dev.crmsync.reliability.SyncProcess;
import java.net.URI;

/** Signed webhooks while Salesforce does not answer, with nothing queued and with a million events: p99 at most 1.2 times. */
final class DoesABacklogSlowAcceptance {

    private static final int EVENTS_PER_CUSTOMER = 5;

    private DoesABacklogSlowAcceptance() {}

    public static void main(String[] arguments) throws Exception {
        int most = Bench.option("events", 1_000_000);
        int connections = Bench.option("connections", 32);
        int warmUp = Bench.option("warmup", 60);
        int seconds = Bench.option("seconds", 30);
        Table table = new Table("Webhooks a second while Salesforce is away, PostgreSQL, " + connections + " connections",
                "queued events", "requests/s", "p50 ms", "p99 ms", "p99, ratio", "refused");
        try (Bench bench = new Bench()) {
            bench.sandbox().close();
            double base = 0;
            for (int events : new int[] {0, most}) {
                bench.emptyTables();
                if (events > 0) {
                    bench.queue(events, Math.max(1, events / EVENTS_PER_CUSTOMER));
                }
                try (SyncProcess sync = bench.startSync()) {
                    LoadResult result = BenchProcess.load(
                            URI.create(sync.url()).getPort(), sync.pid(), "back", Sender.SECRET, connections, warmUp, seconds);
                    base = base == 0 ? result.p99() : base;
                    table.row(
                            String.valueOf(events),
                            result.rate(),
                            result.p50(),
                            result.p99(),
                            result.p99() / base,
                            result.refused());
                }
            }
        }
    }
}
