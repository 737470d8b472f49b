package dev.crmsync.bench;

import dev.crmsync.event.OrderKey;
import dev.crmsync.inbox.ClaimRequest;
import dev.crmsync.inbox.Database;
import dev.crmsync.inbox.Inbox;
import dev.crmsync.inbox.RecordLedger;
import dev.crmsync.record.Earlier;
import dev.crmsync.record.Ledger;
import dev.crmsync.record.Place;
import dev.crmsync.record.RecordKey;
import dev.crmsync.record.Statement;
import dev.crmsync.reliability.SyncProcess;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What a claim of 200 subjects and the lease and release of 200 records cost when the ledger knows many records. */
public final class DoesALargeLedgerMakeDeliveryDear {

    private static final int AT_A_TIME = 200;
    private static final int SMALL = 100_000;
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final Set<String> FIELDS = Set.of(
            "Name",
            "Pivotal_At_Risk__c",
            "Pivotal_Churned__c",
            "Pivotal_Display_Id__c",
            "Pivotal_Health_Score__c",
            "Pivotal_Last_Event__c",
            "Pivotal_Owner_Email__c",
            "Pivotal_Updated_At__c");

    private static final String RECORDS = """
            insert into record (object, key_field, record_key, version, state)
            select 'Account', 'Pivotal_Key__c', 'org_Rel:cus_' || i, 1,
                   '{"held":[[["t2026-09-01T00:00:00.000000000Z",' || i || ',' || i || '],0,[],["name","pivotal_at_risk__c",'
                     || '"pivotal_churned__c","pivotal_display_id__c","pivotal_health_score__c","pivotal_last_event__c",'
                     || '"pivotal_owner_email__c","pivotal_updated_at__c"]]]}'
              from generate_series(1, %d) i
            """;

    private DoesALargeLedgerMakeDeliveryDear() {}

    public static void main(String[] arguments) throws Exception {
        int records = Bench.option("records", 10_000_000);
        int rounds = Bench.option("rounds", 200);
        Table table = new Table(
                "200 subjects and 200 records at a time", "records in the ledger", "claim p50 ms", "ledger p50 ms", "ratios");
        try (Bench bench = new Bench()) {
            double[] small = measure(bench, SMALL, rounds);
            double[] large = measure(bench, records, rounds);
            table.row(String.valueOf(SMALL), small[0], small[1], "1.0");
            table.row(
                    String.valueOf(records),
                    large[0],
                    large[1],
                    "%.2f and %.2f".formatted(large[0] / small[0], large[1] / small[1]));
        }
    }

    private static double[] measure(Bench bench, int records, int rounds) throws Exception {
        bench.reset();
        try (SyncProcess migrates = bench.startSync()) {
            migrates.kill();
        }
        try (Connection connection = bench.postgres().connect();
                java.sql.Statement statement = connection.createStatement()) {
            statement.execute(RECORDS.formatted(records));
            statement.execute("insert into owner (name, since_at) values ('bench', 0)");
            statement.execute("vacuum analyze record");
            statement.execute("checkpoint");
        }
        bench.queue(100_000, 100_000);
        double[] claims = new double[rounds];
        double[] ledgers = new double[rounds];
        Random random = new Random(7);
        try (Database database = Database.open(bench.postgres().url(), null, null, 3)) {
            Inbox inbox = Bench.inbox(database);
            ClaimRequest request = new ClaimRequest("pivotal", "bench", AT_A_TIME, AT_A_TIME, 32 << 20, LEASE);
            try (RecordLedger ledger = new RecordLedger(inbox, () -> Optional.of("bench"), Clock.systemUTC())) {
                for (int i = 0; i < rounds; i++) {
                    long start = System.nanoTime();
                    inbox.claim(request);
                    long claimed = System.nanoTime();
                    moveForward(ledger, random, records, i);
                    ledgers[i] = (System.nanoTime() - claimed) / 1e6;
                    claims[i] = (claimed - start) / 1e6;
                }
            }
        }
        Arrays.sort(claims);
        Arrays.sort(ledgers);
        return new double[] {claims[rounds / 2], ledgers[rounds / 2]};
    }

    private static void moveForward(Ledger ledger, Random random, int records, int round) {
        List<RecordKey> keys = random.ints(1, records + 1)
                .distinct()
                .limit(AT_A_TIME)
                .mapToObj(i -> new RecordKey("Account", "Pivotal_Key__c", "org_Rel:cus_" + i))
                .toList();
        Place place = new Place(OrderKey.of(Instant.parse("2026-10-01T00:00:00Z").plusSeconds(round)), round, 1);
        Statement statement = new Statement(place, Statement.Kind.STATE, FIELDS, Set.of(), Earlier.NOTHING);
        List<Ledger.Release> releases = new ArrayList<>();
        ledger.lease(keys, LEASE)
                .values()
                .forEach(record -> releases.add(
                        new Ledger.Release(record, record.state().judge(statement).next(), false)));
        int recorded = ledger.release(releases).join().size();
        if (recorded != AT_A_TIME) {
            throw new IllegalStateException("Recorded " + recorded + " records, expected " + AT_A_TIME);
        }
    }
}
