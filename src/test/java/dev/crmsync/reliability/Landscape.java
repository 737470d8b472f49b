package dev.crmsync.reliability;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Database, sandbox and application, each a process of its own, and the sender of a test. One landscape serves several
 * tests, one after the other; each has customers of its own.
 */
final class Landscape implements AutoCloseable {

    private static final Duration LONGEST_DRAIN = Duration.ofMinutes(3);

    /** A lease lasts a minute. */
    private static final Duration LONGEST_TAKEOVER = Duration.ofSeconds(10);

    private final TestDatabase database;
    private final SandboxProcess sandbox;
    private final SyncProcess sync;
    private Sender sender;
    private int tests;
    private int interruptions;

    Landscape(TestDatabase database, Path folder, String... settings) {
        this.database = database;
        this.sandbox = new SandboxProcess(folder.resolve("salesforce"));
        this.sync = new SyncProcess("sync", database, sandbox, folder.resolve("data"), settings);
        begin();
    }

    /** A new test begins. */
    void begin() {
        sender = new Sender(sync.url());
        interruptions = 0;
        tests++;
    }

    /** The test is over, well or not: the next one finds everything running. */
    void end() {
        sender.close();
        sandbox.clearFaults();
        if (!sync.isAlive()) {
            sync.start();
        }
    }

    /** A change of one of this test's customers. */
    SentEvent event(int customer, int version) {
        return new SentEvent("cus_" + tests + "_" + customer, version);
    }

    /** What this test has left in the inbox. */
    List<TestDatabase.Stored> events() throws SQLException {
        return database.events(sender.triedIds());
    }

    /** What this test has left in Salesforce. */
    List<SalesforceWrite> journal() {
        return sandbox.journal(sender.triedKeys());
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

    /**
     * Waits until everything has ended that was pending when the application was killed, which must not take as long as a lease.
     * To be called right after another process has started, or goes on.
     *
     * @param left what {@link #pendingIds} was after the kill
     */
    void takenOver(Set<Long> left) {
        await().alias("the end of what the killed process has left")
                .atMost(LONGEST_TAKEOVER)
                .ignoreExceptions()
                .until(() -> Collections.disjoint(left, pendingIds()));
    }

    /** What is not at its end. */
    Set<Long> pendingIds() throws SQLException {
        return events().stream()
                .filter(event -> !event.finished())
                .map(TestDatabase.Stored::id)
                .collect(Collectors.toSet());
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
