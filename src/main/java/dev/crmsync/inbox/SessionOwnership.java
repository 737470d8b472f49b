package dev.crmsync.inbox;

import dev.crmsync.worker.Worker;
import dev.crmsync.worker.Workers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process on PostgreSQL is alive while a session of its own holds the advisory lock on its row in {@code owner}. The server
 * ends the lock with the session: at once when the process ends, {@value DatabaseOpener#GIVE_UP_SECONDS} s after it last heard
 * of the host when that is gone. Each process looks every second for owners whose lock is free.
 *
 * <p>The process itself stops sooner: as soon as the connection breaks, or when the session has not answered for {@value
 * #FRESH_SECONDS} s. A new session is a new owner.
 */
final class SessionOwnership implements Ownership {

    private static final Logger LOG = LoggerFactory.getLogger(SessionOwnership.class);

    static final int FRESH_SECONDS = 5;

    private static final int PING_MILLIS = 1_000;
    private static final long LOOK_EVERY_MILLIS = 1_000;
    private static final long LONGEST_LOOK_SECONDS = 2;

    /** The table's own number sets its locks apart from those of whatever else uses the same database. */
    private static final String LOCK_OF_ROW = "('owner'::regclass::oid::int4, %s)";

    private static final String LOCK = "select pg_advisory_lock" + LOCK_OF_ROW.formatted("?");

    private static final String DEAD =
            "select o.name from owner o where pg_try_advisory_xact_lock" + LOCK_OF_ROW.formatted("o.id");

    /** Whoever holds a row of a dead process up is waited for without a lock on others. */
    private static final String DO_NOT_WAIT_LONG = "select set_config('lock_timeout', '1s', true)";

    /** Makes the connection that is the session. */
    interface Connector {
        Connection connect() throws SQLException;
    }

    /** @param answeredAt when the last question was asked that has been answered, by {@link System#nanoTime} */
    private record Alive(String owner, long answeredAt) {}

    private final Connector connector;
    private final String process;
    private final Owners owners;
    private final Worker session;
    private final Worker looking;
    private int sessions;
    private volatile Alive alive;
    private volatile Connection connection;
    private volatile boolean closing;

    private SessionOwnership(Connector connector, String process, Owners owners, Workers workers) {
        this.connector = connector;
        this.process = process;
        this.owners = owners;
        this.session = workers.named("inbox-owner");
        this.looking = workers.named("inbox-takeover");
    }

    /** Connects, again whenever the connection is lost, and takes over from whoever has ended. */
    static SessionOwnership start(Connector connector, String process, Owners owners, Workers workers) {
        SessionOwnership ownership = new SessionOwnership(connector, process, owners, workers);
        ownership.session.keepDoing(ownership::holdSession);
        ownership.looking.scheduleWithFixedDelay(ownership::takeOver, 0, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return ownership;
    }

    @Override
    public Optional<String> owner() {
        Alive now = alive;
        return now == null
                        || System.nanoTime() - now.answeredAt()
                                > Duration.ofSeconds(FRESH_SECONDS).toNanos()
                ? Optional.empty()
                : Optional.of(now.owner());
    }

    /** Until the connection is lost. */
    private void holdSession() {
        try (Connection opened = connector.connect()) {
            connection = opened;
            String owner = sessions++ == 0 ? process : process + "/" + sessions;
            Session questions = new Session(opened, new PostgresDialect());
            opened.setAutoCommit(false);
            questions.query(LOCK, row -> null, owners.register(questions, owner));
            opened.commit();
            opened.setAutoCommit(true);
            ping(questions, owner);
            owners.announce();
            while (!closing) {
                // Waits on the connection, so that its end is noticed at once.
                opened.unwrap(PGConnection.class).getNotifications(PING_MILLIS);
                ping(questions, owner);
            }
        } catch (SQLException e) {
            tell(e);
        } finally {
            alive = null;
        }
    }

    private void ping(Session questions, String owner) throws SQLException {
        long asked = System.nanoTime();
        questions.query("select 1", row -> null);
        alive = new Alive(owner, asked);
    }

    private void tell(SQLException e) {
        if (closing) {
            return;
        }
        if (alive == null) {
            LOG.warn("Nothing is delivered: this process cannot show the others that it is alive: {}", e.getMessage());
        } else {
            LOG.warn(
                    "The database session that shows that this process is alive has ended: what was claimed counts as lost, and is"
                            + " claimed again. {}",
                    e.getMessage());
        }
    }

    private void takeOver() {
        try {
            owners.takeOver(transaction -> {
                transaction.query(DO_NOT_WAIT_LONG, row -> null);
                return transaction.query(DEAD, row -> row.getString(1));
            });
        } catch (InboxUnavailableException e) {
            LOG.debug("Owners that have ended are looked for again", e);
        }
    }

    @Override
    public void close() {
        closing = true;
        looking.shutdownNow();
        session.shutdownNow();
        Alive last = alive;
        alive = null;
        try {
            if (connection != null) {
                connection.abort(Runnable::run);
            }
            if (last != null) {
                owners.takeOver(transaction -> List.of(last.owner()));
            }
            // Whoever closes this closes the database next.
            looking.awaitTermination(LONGEST_LOOK_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException | InboxUnavailableException e) {
            LOG.debug("Others find that this process has ended", e);
        }
    }
}
