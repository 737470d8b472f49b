package dev.crmsync.bench;

import dev.crmsync.reliability.Sender;
import dev.crmsync.reliability.SentEvent;
import dev.crmsync.reliability.SyncProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** From the sender's POST to Salesforce's commit, one event at a time while nothing else happens. */
final class HowSoonDoesASingleEventArrive {

    private HowSoonDoesASingleEventArrive() {}

    public static void main(String[] arguments) throws Exception {
        int events = Bench.option("events", 500);
        int warmUp = Bench.option("warm-up", 2_000);
        Table table = new Table("Milliseconds from POST to Salesforce, idle", "events", "p50", "p95", "p99", "max");
        try (Bench bench = new Bench();
                SyncProcess sync = bench.startSync();
                Sender sender = new Sender(sync.url())) {
            double[] millis = new double[events];
            for (int i = -warmUp; i < events; i++) {
                SentEvent event = new SentEvent("cus_" + (i + warmUp), 1);
                Instant posted = Instant.now();
                sender.post(event);
                if (i >= 0) {
                    Bench.until(
                            Duration.ofSeconds(30),
                            Duration.ofMillis(2),
                            () -> bench.sandbox().lastWrite(event.key()) != null);
                    millis[i] = Duration.between(posted, bench.sandbox().lastWrite(event.key()))
                                    .toNanos()
                            / 1e6;
                }
            }
            Arrays.sort(millis);
            table.row(
                    String.valueOf(events),
                    millis[events / 2],
                    millis[events * 95 / 100],
                    millis[events * 99 / 100],
                    millis[events - 1]);
        }
    }
}
