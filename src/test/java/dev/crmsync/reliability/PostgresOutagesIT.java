package dev.crmsync.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the application needs goes away and comes back: {@code -Dreliability.outage-seconds=600} for the long form.
 */
class PostgresOutagesIT {

    private static final Duration OUTAGE = Duration.ofSeconds(Long.getLong("reliability.outage-seconds", 6));

    private PostgresDatabase database;
    private Landscape landscape;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        database = new PostgresDatabase(folder.resolve("postgresql"));
        landscape = new Landscape(database, folder);
    }

    @AfterEach
    void stop() throws IOException {
        landscape.close();
    }

    @Test
    void a_database_that_crashes_and_comes_back_costs_nothing_that_was_accepted() throws Exception {
        landscape.sandbox().answerLate(50);
        Future<?> load = landscape.sender().run(this::sendUntilStopped);
        await().until(() -> landscape.sender().accepted().size() > 50);
        database.crash();
        landscape.interrupted();
        int accepted = landscape.sender().accepted().size();
        await().during(Duration.ofSeconds(2)).until(() -> landscape.sync().isAlive());
        assertThat(landscape.sender().accepted())
                .as("accepted without a database")
                .hasSize(accepted);
        database.startAgain();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> landscape.sender().accepted().size() > accepted + 50);
        landscape.sender().close();
        load.get();
        landscape.settle();
    }

    @Test
    void while_salesforce_is_gone_events_are_accepted_and_none_becomes_a_dead_letter() throws Exception {
        Future<?> load = landscape.sender().run(this::sendUntilStopped);
        await().until(() -> landscape.journal().size() > 20);
        landscape.sandbox().kill();
        landscape.interrupted();
        int accepted = landscape.sender().accepted().size();
        long end = System.nanoTime() + OUTAGE.toNanos();
        await().atMost(OUTAGE.plusSeconds(30)).until(() -> System.nanoTime() > end);
        assertThat(landscape.sender().accepted()).as("accepted meanwhile").hasSizeGreaterThan(accepted + 20);
        assertThat(database.count("select count(*) from event where state = 'dead'"))
                .isZero();
        landscape.sandbox().start();
        landscape.sender().close();
        load.get();
        landscape.settle();
        assertThat(database.count("select count(*) from dead_letter")).isZero();
    }

    @Test
    void a_process_that_stood_still_beyond_its_lease_records_and_overwrites_nothing(@TempDir Path folder)
            throws Exception {
        landscape.sandbox().answerLate(400);
        for (int customer = 0; customer < 60; customer++) {
            landscape.sender().deliver(landscape.event(customer, 1));
        }
        await().until(() -> database.leased() > 0);
        landscape.sync().pause();
        landscape.interrupted();
        landscape.sandbox().clearFaults();
        try (SyncProcess other = new SyncProcess("other", database, landscape.sandbox(), folder)) {
            landscape.drain();
            try (Sender toOther = new Sender(other.url())) {
                for (int customer = 0; customer < 60; customer++) {
                    toOther.deliver(landscape.event(customer, 2));
                }
                landscape.drain();
                String ends = ends();
                landscape.sync().proceed();
                SentEvent afterwards = landscape.event(100, 1);
                assertThat(landscape.sender().deliver(afterwards)).isTrue();
                landscape.drain();
                await().during(Duration.ofSeconds(4)).until(() -> ends().startsWith(ends));
                new Invariants(database, landscape.sandbox()).check(toOther, 1);
                assertThat(landscape.journal().stream()
                                .filter(write -> write.version() == 1)
                                .count())
                        .as("writes of the older version")
                        .isLessThanOrEqualTo(2 * 60 + 1);
            }
        }
    }

    /** Everything the inbox says about the events, in the order of arrival. */
    private String ends() throws Exception {
        return database.text(
                "select string_agg(event_id || state || attempts || finished_at, ' ' order by id) from event");
    }

    private void sendUntilStopped() {
        for (int i = 0; !landscape.sender().isStopped(); i++) {
            landscape.sender().deliver(landscape.event(i % 30, 1 + i / 30));
        }
    }
}
