package dev.crmsync.bench;

import dev.crmsync.inbox.Arrivals;
import dev.crmsync.inbox.Database;
import dev.crmsync.inbox.Inbox;
import dev.crmsync.inbox.Pause;
import dev.crmsync.inbox.PayloadCipher;
import dev.crmsync.inbox.Received;
import dev.crmsync.reliability.PostgresDatabase;
import dev.crmsync.reliability.SandboxProcess;
import dev.crmsync.reliability.SentEvent;
import dev.crmsync.reliability.SyncProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What every measurement needs: PostgreSQL and the sandbox, both real, and a folder that goes away. */
final class Bench implements AutoCloseable {

    private static final int ACCEPTED_TOGETHER = 500;

    private final Path folder = Files.createTempDirectory("crm-sync-bench");
    private final PostgresDatabase postgres = new PostgresDatabase(folder.resolve("postgresql"));
    private final SandboxProcess sandbox = new SandboxProcess(folder.resolve("salesforce"), List.of("-Xmx1g"));
    private int started;
    private int databases;

    Bench() throws IOException {
        postgres.url();
    }

    /** A figure of the command line, such as {@code -Devents=100000}. */
    static int option(String name, int otherwise) {
        return Integer.getInteger(name, otherwise);
    }

    SandboxProcess sandbox() {
        return sandbox;
    }

    PostgresDatabase postgres() {
        return postgres;
    }

    /** Empty tables for the next measurement; the sandbox is empty too. */
    void reset() throws SQLException {
        sandbox.reset();
        emptyTables();
    }

    /** The same while there is no sandbox. */
    void emptyTables() throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema public cascade");
            statement.execute("create schema public");
        }
    }

    /** The URL of an SQLite file that is not there yet. */
    String sqlite() {
        return "jdbc:sqlite:" + folder.resolve("inbox-" + ++databases + ".db");
    }

    /** Options of a server's Java machine; {@code -Djava=…} adds some. */
    static List<String> java() {
        return Stream.concat(
                        Stream.of("-Xmx512m"),
                        Stream.of(System.getProperty("java", "").split(" ")).filter(option -> !option.isEmpty()))
                .toList();
    }

    /** The application as it runs in production, but for these settings. */
    SyncProcess startSync(String... settings) {
        return startSyncOn(postgres.url(), settings);
    }

    /** The same on another database. @param database its JDBC URL */
    SyncProcess startSyncOn(String database, String... settings) {
        String name = "bench-" + ++started;
        return new SyncProcess(name, database, sandbox, folder.resolve(name), java(), List.of(settings));
    }

    /** Fills the inbox with changes of that many customers, in turns. */
    void queue(int events, int customers) {
        queue(events, customers, 1);
    }

    /** @param round 1 or more: a later round has changes of its own, newer than those before */
    void queue(int events, int customers, int round) {
        int versions = (events + customers - 1) / customers;
        try (Database database = Database.open(postgres.url(), null, null, 2)) {
            Inbox inbox = inbox(database);
            List<Received> batch = new ArrayList<>();
            for (int i = 0; i < events; i++) {
                batch.add(new SentEvent("cus_" + i % customers, (round - 1) * versions + 1 + i / customers).received());
                if (batch.size() == ACCEPTED_TOGETHER || i == events - 1) {
                    inbox.accept(batch);
                    batch = new ArrayList<>();
                }
            }
        }
        analyze();
    }

    static Inbox inbox(Database database) {
        return new Inbox(database, PayloadCipher.of(List.of()), Clock.systemUTC(), new Arrivals());
    }

    private void analyze() {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("vacuum analyze");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** No process delivers anything until {@link #resume()}. */
    void pause() {
        pause(postgres.url());
    }

    /** The same on another database. @param url its JDBC URL */
    static void pause(String url) {
        try (Database database = Database.open(url, null, null, 2)) {
            inbox(database).pauses().pause(new Pause("all", "a measurement", "bench", Instant.now(), null));
        }
    }

    void resume() {
        try (Database database = Database.open(postgres.url(), null, null, 2)) {
            inbox(database).pauses().resume("all");
        }
    }

    long pending() {
        try {
            return postgres.pending();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Looks until it is so. */
    static void until(Duration longest, Duration between, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Not so within " + longest);
            }
            Thread.sleep(between.toMillis());
        }
    }

    /** Seconds from now until nothing is pending. Looks for one event only: to count them all would be a load. */
    double drain() throws InterruptedException {
        long start = System.nanoTime();
        until(Duration.ofMinutes(30), Duration.ofMillis(50), () -> !isAnyPending());
        return (System.nanoTime() - start) / 1e9;
    }

    private boolean isAnyPending() {
        try {
            return postgres.count("select count(*) from (select 1 from event where state = 'pending' limit 1) one") > 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        sandbox.close();
        postgres.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
