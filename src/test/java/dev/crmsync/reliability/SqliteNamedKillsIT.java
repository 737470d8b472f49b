package dev.crmsync.reliability;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteNamedKillsIT extends NamedKills {

    @TempDir
    Path data;

    @Override
    TestDatabase openDatabase(Path folder) {
        return new SqliteDatabase(folder.resolve("inbox.db"));
    }

    @Test
    void a_second_process_on_the_file_leaves_the_delivery_to_the_first_until_that_is_killed() throws Exception {
        landscape().sandbox().expireSessions();
        landscape().sandbox().fault("{\"kind\":\"slow\",\"operation\":\"token\",\"delayMillis\":120000}");
        landscape().sender().deliver(landscape().event(1, 1));
        await().until(() -> landscape().database().leased() == 1);
        landscape().sandbox().clearFaults();
        try (SyncProcess other =
                new SyncProcess("other", landscape().database(), landscape().sandbox(), data)) {
            await().during(Duration.ofSeconds(3))
                    .until(() -> other.isAlive() && landscape().journal().isEmpty());

            landscape().kill();

            landscape().takenOver(landscape().pendingIds());
            landscape().settle();
        }
    }
}
