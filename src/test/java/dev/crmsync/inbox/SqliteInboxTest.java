package dev.crmsync.inbox;

import static dev.crmsync.inbox.InboxUnderTest.event;
import static dev.crmsync.inbox.InboxUnderTest.withPayload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.event.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteInboxTest
        implements AcceptingBehaviour,
                ClaimingBehaviour,
                CrashLoopBehaviour,
                SettlingBehaviour,
                HoldingBehaviour,
                LedgerBehaviour,
                TakeOverBehaviour,
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

    @Test
    void commitsAreOnDisk() {
        assertThat(inbox.number("pragma synchronous")).isEqualTo(2);
        assertThat(inbox.number("select count(*) from pragma_journal_mode where journal_mode = 'wal'"))
                .isEqualTo(1);
    }

    @Test
    void anotherProcessMayWriteToo() {
        InboxUnderTest other =
                new InboxUnderTest(Database.open("jdbc:sqlite:" + folder.resolve("new/crm-sync.db"), null, null));
        try (AcceptQueue one = new AcceptQueue(inbox.inbox);
                AcceptQueue two = new AcceptQueue(other.inbox)) {
            IntStream.range(0, 50).parallel().forEach(i -> {
                one.accept(new Received(event("one" + i, "s1"), null));
                two.accept(new Received(event("two" + i, "s1"), null));
            });
            assertThat(inbox.number("select count(*) from event")).isEqualTo(100);
        } finally {
            other.close();
        }
    }

    @Test
    void theFileThatTheOwnerLocksIsForItsOwnerAlone() throws IOException {
        try (Ownership ownership = inbox.inbox.own("one")) {
            assertThat(ownership.isHeld()).isTrue();
            assertThat(Files.getPosixFilePermissions(folder.resolve("new/crm-sync.db-owner")))
                    .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        }
    }

    @Test
    void whereNothingCanBeLockedTheStartSaysWhichFileAndWhatToDo() throws IOException {
        Path file = Files.createDirectory(folder.resolve("new/crm-sync.db-owner"));

        assertThatThrownBy(() -> inbox.inbox.own("one"))
                .hasMessageContaining("Cannot lock " + file.toRealPath())
                .hasMessageContaining("put the database on a local disk");
    }

    @Test
    void aFullDiskRefusesEventsUntilThereIsRoomAgain() throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("full.db");
        try (InboxUnderTest full = new InboxUnderTest(Database.open(url + "?max_page_count=150", null, null))) {
            assertThatThrownBy(() -> IntStream.range(0, 1_000).forEach(i -> full.accept(large("e" + i))))
                    .isInstanceOf(InboxUnavailableException.class)
                    .hasMessageContaining("full");

            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                statement.execute("delete from event");
            }
            for (int i = 0; i < 2 * Database.DEFAULT_CONNECTIONS; i++) {
                assertThat(full.accept(event("later" + i, "s1"))).containsExactly(Acceptance.NEW);
            }
        }
    }

    private static Event large(String id) {
        String text = new Random(id.hashCode())
                .ints(20_000, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return withPayload("\"" + text + "\"", event(id, "s1"));
    }
}
