package dev.crmsync.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crmsync.reliability.Http;
import dev.crmsync.deadletter.EventFilter;
import dev.crmsync.deadletter.ReplayJob;
import dev.crmsync.deadletter.ReplayJobs;
import dev.crmsync.deadletter.ReplayRequest;
import dev.crmsync.inbox.Database;
import dev.crmsync.reliability.SyncProcess;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** From making the job to Salesforce's last commit, with every record written exactly once. */
final class HowFastAreDeadLettersReplayed {

    private static final List<String> DEATH = List.of(
            "update event set state = 'dead', attempts = 1, finished_at = received_at + 100",
            "update subject set due_at = null, claimable_at = null",
            """
            insert into dead_letter (event_id, error_class, error_code, route_id, failed_at, fingerprint)
            select id, 'permanent', 'STRING_TOO_LONG', 'pivotal-customer', received_at, 'STRING_TOO_LONG||pivotal-customer'
              from event
            """,
            "vacuum analyze");

    private HowFastAreDeadLettersReplayed() {}

    public static void main(String[] arguments) throws Exception {
        int events = Bench.option("events", 10_000);
        Table table = new Table("Replay of " + events + " dead letters", "events per second asked for", "seconds", "calls",
                "written", "written twice");
        try (Bench bench = new Bench()) {
            for (int rate : new int[] {ReplayRequest.HIGHEST_RATE, 500}) {
                bench.reset();
                try (SyncProcess migrates = bench.startSync()) {
                    migrates.url();
                }
                bench.queue(events, events);
                try (Connection connection = bench.postgres().connect();
                        Statement statement = connection.createStatement()) {
                    for (String sql : DEATH) {
                        statement.execute(sql);
                    }
                }
                replay(bench, events, rate, table);
            }
        }
    }

    private static void replay(Bench bench, int events, int rate, Table table) throws Exception {
        try (SyncProcess delivering = bench.startSync();
                Database database = Database.open(bench.postgres().url(), null, null, 2)) {
            long before = bench.sandbox().calls();
            ReplayJobs jobs = new ReplayJobs(database, Clock.systemUTC());
            long start = System.nanoTime();
            long job = jobs.create(new ReplayRequest("bench", "to measure", "bench", EventFilter.dead(), List.of(), rate))
                    .id();
            Bench.until(
                    Duration.ofMinutes(5),
                    Duration.ofMillis(50),
                    () -> jobs.find(job).orElseThrow().state() == ReplayJob.State.DONE);
            bench.drain();
            double seconds = (System.nanoTime() - start) / 1e9;
            delivering.kill();
            Map<String, Integer> writes = writes(bench);
            long twice = writes.values().stream().filter(count -> count > 1).count();
            table.row(String.valueOf(rate), seconds, bench.sandbox().calls() - before, writes.size(), twice);
            if (writes.size() != events || twice > 0) {
                throw new IllegalStateException(writes.size() + " records were written, " + twice + " of them twice");
            }
        }
    }

    /** Committed writes by external id. */
    private static Map<String, Integer> writes(Bench bench) throws Exception {
        Map<String, Integer> writes = new HashMap<>();
        JsonNode journal = new ObjectMapper().readTree(Http.call("GET", bench.sandbox().url() + "/sandbox/journal", null));
        journal.forEach(write -> writes.merge(write.path("key").asText(), 1, Integer::sum));
        return writes;
    }
}
