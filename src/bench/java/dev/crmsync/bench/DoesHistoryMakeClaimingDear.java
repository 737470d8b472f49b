package dev.crmsync.bench;

import dev.crmsync.inbox.ClaimRequest;
import dev.crmsync.inbox.Database;
import dev.crmsync.inbox.Inbox;
import dev.crmsync.reliability.SyncProcess;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;

/** The time of a claim of 200 subjects with 10 million finished events in the table, and with none: at most 1.2 times. */
final class DoesHistoryMakeClaimingDear {

    private static final int SUBJECTS = 200;

    private static final String HISTORY = """
            insert into event (source, event_id, type, tenant, subject_id, aspect, order_key, occurred_at, live, payload,
                               state, attempts, received_at, finished_at)
            select 'pivotal', 'old_' || i, 'customer.updated', 'org_Rel', 1 + i %% 100000, 'state', 't' || i, i, true, null,
                   'delivered', 1, i, i
              from generate_series(1, %d) i
            """;

    private DoesHistoryMakeClaimingDear() {}

    public static void main(String[] arguments) throws Exception {
        int history = Bench.option("history", 10_000_000);
        int claims = Bench.option("claims", 200);
        Table table = new Table("Claiming 200 of 100,000 due subjects", "finished events", "p50 ms", "p95 ms", "ratio");
        try (Bench bench = new Bench()) {
            double empty = measure(bench, 0, claims, table, 0);
            measure(bench, history, claims, table, empty);
        }
    }

    private static double measure(Bench bench, int history, int claims, Table table, double base) throws Exception {
        bench.reset();
        try (SyncProcess migrates = bench.startSync()) {
            migrates.kill();
        }
        if (history > 0) {
            try (Connection connection = bench.postgres().connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(HISTORY.formatted(history));
            }
        }
        bench.queue(100_000, 100_000);
        double[] millis = new double[claims];
        try (Database database = Database.open(bench.postgres().url(), null, null, 2)) {
            Inbox inbox = Bench.inbox(database);
            ClaimRequest request =
                    new ClaimRequest("pivotal", "bench", SUBJECTS, SUBJECTS, 32 << 20, Duration.ofMinutes(10));
            for (int i = 0; i < claims; i++) {
                long start = System.nanoTime();
                int claimed = inbox.claim(request).size();
                millis[i] = (System.nanoTime() - start) / 1e6;
                if (claimed != SUBJECTS) {
                    throw new IllegalStateException("Claimed " + claimed + " subjects, expected " + SUBJECTS);
                }
            }
        }
        Arrays.sort(millis);
        double median = millis[claims / 2];
        table.row(String.valueOf(history), median, millis[claims * 95 / 100], base == 0 ? 1.0 : median / base);
        return median;
    }
}
