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

    private static final String OWNER_SESSIONS =
            "select count(*) from pg_locks where locktype = 'advisory' and granted";

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
        landscape.takenOver(landscape.pendingIds());
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
    void a_process_that_the_database_takes_for_dead_again_and_again_loses_doubles_and_sets_back_nothing()
            throws Exception {
        landscape.sandbox().answerLate(50);
        Future<?> load = landscape.sender().run(this::sendUntilStopped);
        for (int times = 1; times <= 5; times++) {
            int accepted = landscape.sender().accepted().size();
            await().until(() -> landscape.sender().accepted().size() > accepted + 20
                    && database.count(OWNER_SESSIONS) == 1
                    && database.leased() > 0);
            assertThat(database.count("select count(pg_terminate_backend(pid)) from ("
                            + OWNER_SESSIONS.replace("count(*)", "pid") + ") p"))
                    .isEqualTo(1);
            landscape.interrupted();
        }
        landscape.sender().close();
        load.get();
        landscape.takenOver(landscape.pendingIds());
        landscape.settle();
        assertThat(database.count("select count(*) from owner")).isEqualTo(1);
    }

    private void sendUntilStopped() {
        for (int i = 0; !landscape.sender().isStopped(); i++) {
            landscape.sender().deliver(landscape.event(i % 30, 1 + i / 30));
        }
    }
}
