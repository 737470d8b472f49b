package dev.crmsync.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresNamedKillsIT extends NamedKills {

    @TempDir
    Path data;

    private PostgresDatabase database;

    @Override
    TestDatabase openDatabase(Path folder) throws IOException {
        database = new PostgresDatabase(folder.resolve("postgresql"));
        return database;
    }

    @Test
    void while_the_database_has_not_confirmed_a_commit_that_is_durable_the_event_is_there_once() throws Exception {
        SentEvent event = landscape().event(1, 1);
        AtomicReference<Future<Integer>> answer = new AtomicReference<>();
        database.holdingConfirmations(() -> {
            answer.set(landscape().sender().postLater(event));
            await().until(database::isConfirmationHeldUp);
            assertThat(answer.get()).isNotDone();
            landscape().kill();
        });
        assertThat(answer.get().get()).isEqualTo(Http.NO_ANSWER);
        await().until(() -> landscape().events().size() == 1);

        landscape().sync().start();
        assertThat(landscape().sender().deliver(event)).isTrue();
        landscape().settle();
    }

    @Test
    void after_the_claim_another_process_that_runs_takes_the_event_over_within_seconds() throws Exception {
        landscape().sandbox().expireSessions();
        landscape().sandbox().fault("{\"kind\":\"slow\",\"operation\":\"token\",\"delayMillis\":120000}");
        landscape().sender().deliver(landscape().event(1, 1));
        await().until(() -> database.leased() == 1);
        landscape().sandbox().clearFaults();
        try (SyncProcess other = new SyncProcess("other", database, landscape().sandbox(), data)) {
            assertThat(other.isAlive()).isTrue();
            assertThat(landscape().journal()).isEmpty();

            landscape().kill();

            landscape().takenOver(landscape().pendingIds());
            landscape().settle();
        }
    }
}
