package dev.crmsync.inbox;

import com.zaxxer.hikari.HikariDataSource;
import dev.crmsync.worker.Workers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** The database that holds the inbox: a bounded pool of connections, migrated when opened. */
public final class Database implements AutoCloseable {

    /** Enough for accepting, claiming, settling, the console and the routes that write dead letters. */
    public static final int DEFAULT_CONNECTIONS = 10;

    private static final int MOST_TRIES = 5;
    private static final long WRITER_WAIT_MILLIS = 5_000;

    private final HikariDataSource pool;
    private final Dialect dialect;
    private final OwnershipOpener ownerships;
    private final Semaphore writers;

    Database(HikariDataSource pool, Dialect dialect, OwnershipOpener ownerships) {
        this.pool = pool;
        this.dialect = dialect;
        this.ownerships = ownerships;
        // Queueing here is fair; SQLite's own wait for the write lock polls and lets some starve.
        this.writers = new Semaphore(dialect.hasSingleWriter() ? 1 : Integer.MAX_VALUE, true);
    }

    /**
     * Opens the database and brings its tables up to date.
     *
     * @param url {@code jdbc:postgresql://host/database} or {@code jdbc:sqlite:path/to/file.db}
     * @param username null for SQLite
     * @param password null for SQLite
     * @throws InboxUnavailableException when it cannot be reached
     */
    public static Database open(String url, String username, String password) {
        return open(url, username, password, DEFAULT_CONNECTIONS);
    }

    /** As {@link #open(String, String, String)}, with at most {@code connections} connections, 2 or more. */
    public static Database open(String url, String username, String password, int connections) {
        return new DatabaseOpener(url, username, password, connections).open();
    }

    /** For readers of their own, such as the console and JDBC steps in routes. */
    public DataSource dataSource() {
        return pool;
    }

    /**
     * How many transactions of one kind are worth having at the same time: where there is a server, one works while the disk
     * confirms the other.
     */
    int writersAtOnce() {
        return dialect.hasSingleWriter() ? 1 : 2;
    }

    /** As {@link OwnershipOpener#open}. */
    Ownership own(String process, Owners owners, Workers workers) {
        return ownerships.open(process, owners, workers);
    }

    /** True when one process has the database for itself. */
    boolean hasSingleWriter() {
        return dialect.hasSingleWriter();
    }

    /** What is done on one connection. */
    public interface Work<T> {
        T run(Session session) throws SQLException;
    }

    /**
     * Runs the work in one transaction, again when it lost against a concurrent one.
     *
     * @throws InboxUnavailableException when the database cannot do it now
     * @throws RefusedDataException when the database will never accept these values
     */
    public <T> T inTransaction(Work<T> work) {
        for (int tries = 1; ; tries++) {
            try {
                return alone(() -> commit(work));
            } catch (SQLException e) {
                if (!dialect.isCollision(e) || tries == MOST_TRIES) {
                    throw failure(e);
                }
            }
        }
    }

    /** Runs queries outside a transaction: each sees what is committed when it starts. */
    public <T> T reading(Work<T> work) {
        try (Connection connection = pool.getConnection()) {
            return work.run(new Session(connection, dialect));
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** The server's time in epoch milliseconds; empty where the database is a part of this process. */
    OptionalLong currentMillis() {
        return dialect.currentMillis()
                .map(sql -> reading(session -> session.query(sql, row -> row.getLong(1))))
                .map(rows -> OptionalLong.of(rows.get(0)))
                .orElseGet(OptionalLong::empty);
    }

    private interface Transaction<T> {
        T run() throws SQLException;
    }

    private <T> T alone(Transaction<T> transaction) throws SQLException {
        try {
            if (!writers.tryAcquire(WRITER_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new InboxUnavailableException(
                        "The database is busy: waited " + WRITER_WAIT_MILLIS + " ms for other writers");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InboxUnavailableException("Interrupted while waiting for other writers", e);
        }
        try {
            return transaction.run();
        } finally {
            writers.release();
        }
    }

    private <T> T commit(Work<T> work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.run(new Session(connection, dialect));
                commit(connection);
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        }
    }

    private void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            abandon(connection);
            throw e;
        }
    }

    private void rollBack(Connection connection, Exception reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
            abandon(connection);
        }
    }

    /** SQLite ends a transaction by itself when the disk is full; its driver does not notice, and would never begin again. */
    private void abandon(Connection connection) {
        pool.evictConnection(connection);
    }

    private RuntimeException failure(SQLException e) {
        return dialect.refusesData(e)
                ? new RefusedDataException(e)
                : new InboxUnavailableException("The database cannot be used: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        pool.close();
    }
}
