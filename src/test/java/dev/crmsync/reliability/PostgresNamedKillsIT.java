package dev.crmsync.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PostgresNamedKillsIT extends NamedKills {

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
}
