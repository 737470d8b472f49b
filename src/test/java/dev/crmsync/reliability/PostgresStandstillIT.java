package dev.crmsync.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that stands still keeps its connections, so that only the end of its leases lets others have its claims. */
class PostgresStandstillIT {

    private static final String LEASE = "crm.delivery.lease=3s";

    private PostgresDatabase database;
    private Landscape landscape;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        database = new PostgresDatabase(folder.resolve("postgresql"));
        landscape = new Landscape(database, folder, LEASE);
    }

    @AfterEach
    void stop() throws Exception {
        landscape.close();
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
        try (SyncProcess other = new SyncProcess("other", database, landscape.sandbox(), folder, LEASE)) {
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
}
