package dev.crmsync.deadletter;

import dev.crmsync.inbox.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteDeadLettersTest implements HistoryBehaviour, PendingEventsBehaviour, ReplayJobBehaviour {

    @TempDir
    Path folder;

    private DeadLettersUnderTest deadLetters;

    @BeforeEach
    void open() {
        deadLetters =
                new DeadLettersUnderTest(Database.open("jdbc:sqlite:" + folder.resolve("crm-sync.db"), null, null));
    }

    @AfterEach
    void close() {
        deadLetters.close();
    }

    @Override
    public DeadLettersUnderTest it() {
        return deadLetters;
    }
}
