package dev.crmsync.inbox;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteInboxTest
        implements AcceptingBehaviour,
                ClaimingBehaviour,
                SettlingBehaviour,
                HoldingBehaviour,
                ReplayingBehaviour,
                RetainingBehaviour {

    @TempDir
    Path folder;

    private InboxUnderTest inbox;

    @BeforeEach
    void open() {
        inbox = new InboxUnderTest(Database.open("jdbc:sqlite:" + folder.resolve("new/crm-sync.db"), null, null));
    }

    @AfterEach
    void close() {
        inbox.close();
    }

    @Override
    public InboxUnderTest inbox() {
        return inbox;
    }
}
