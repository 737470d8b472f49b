package dev.crmsync.inbox;

import dev.crmsync.worker.Workers;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time that all replicas on one database share, so that a lease ends for all of them at the same moment, also where a
 * host's clock is wrong: that of the host, corrected by how far the database server's is from it. Less than a second is left
 * alone: leases last longer, and a time that jumps to and fro would do more harm.
 */
public final class DatabaseClock extends Clock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final long NEGLIGIBLE_MILLIS = 1_000;

    private final Database database;
    private final Clock host;
    private final ScheduledExecutorService timer;
    private volatile long offsetMillis;

    private DatabaseClock(Database database, Clock host, Workers workers) {
        this.database = database;
        this.host = host;
        this.timer = workers.named("database-clock");
    }

    /** As below, with a worker that nobody watches. */
    public static DatabaseClock start(Database database, Clock host) {
        return start(database, host, Workers.unmeasured());
    }

    /**
     * Asks the server, and from now on every ten seconds.
     *
     * @param host the host's own clock
     * @param workers where it gets its thread
     * @throws InboxUnavailableException when the database does not answer
     */
    public static DatabaseClock start(Database database, Clock host, Workers workers) {
        DatabaseClock clock = new DatabaseClock(database, host, workers);
        clock.compare();
        clock.timer.scheduleWithFixedDelay(
                clock::compareAgain, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return clock;
    }

    /** Shows the difference as a gauge. */
    public DatabaseClock measuredIn(MeterRegistry registry) {
        Gauge.builder("crm.clock.offset", () -> offsetMillis / 1_000.0)
                .description("How far the database server's clock is ahead of this host's; 0 for less than a second")
                .baseUnit("seconds")
                .register(registry);
        return this;
    }

    private void compareAgain() {
        try {
            compare();
        } catch (InboxUnavailableException e) {
            LOG.debug("The database's clock was not read", e);
        } catch (RuntimeException e) {
            LOG.error("The database's clock was not read", e);
        }
    }

    /** The answer may be as old as the question: what the way may have taken is no difference. */
    private void compare() {
        long asked = host.millis();
        OptionalLong there = database.currentMillis();
        long answered = host.millis();
        if (there.isEmpty()) {
            return;
        }
        long ahead = Math.max(0, there.getAsLong() - answered);
        long behind = Math.max(0, asked - there.getAsLong());
        long offset = ahead > NEGLIGIBLE_MILLIS ? ahead : behind > NEGLIGIBLE_MILLIS ? -behind : 0;
        if (offset != 0 && offsetMillis == 0) {
            LOG.warn(
                    "This host's clock is {} the database server's by {} ms. The server's counts; correct the host's:"
                            + " signatures are checked against it",
                    offset > 0 ? "behind" : "ahead of",
                    Math.abs(offset));
        }
        offsetMillis = offset;
    }

    @Override
    public Instant instant() {
        return host.instant().plusMillis(offsetMillis);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Instants have no zone: nothing here needs another. */
    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("The database's clock tells UTC only");
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
