package dev.crmsync.reliability;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/** Database, sandbox, application and sender of one test, each of the first three a process of its own. */
final class Landscape implements AutoCloseable {

    private static final Duration LONGEST_DRAIN = Duration.ofMinutes(3);

    private final TestDatabase database;
    private final SandboxProcess sandbox;
    private final SyncProcess sync;
    private final Sender sender;
    private int interruptions;

    Landscape(TestDatabase database, Path folder, String... settings) {
        this.database = database;
        this.sandbox = new SandboxProcess(folder.resolve("salesforce"));
        this.sync = new SyncProcess("sync", database, sandbox, folder.resolve("data"), settings);
        this.sender = new Sender(sync.url());
    }

    TestDatabase database() {
        return database;
    }

    SandboxProcess sandbox() {
        return sandbox;
    }

    SyncProcess sync() {
        return sync;
    }

    Sender sender() {
        return sender;
    }

    /** Kills the application. */
    void kill() {
        interruptions++;
        sync.kill();
    }

    /** Notes that something was cut off in another way. */
    void interrupted() {
        interruptions++;
    }

    /** Waits until nothing is pending any more. */
    void drain() {
        await().atMost(LONGEST_DRAIN)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> database.pending() == 0 && database.leased() == 0);
    }

    /** Waits for rest and checks the invariants. */
    void settle() throws SQLException {
        drain();
        new Invariants(database, sandbox).check(sender, interruptions);
    }

    @Override
    public void close() throws IOException {
        sender.close();
        sync.close();
        sandbox.close();
        database.close();
    }
}
