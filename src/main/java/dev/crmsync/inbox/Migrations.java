package dev.crmsync.inbox;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables up to date, once by whoever comes first, while pods of the release before may be at work on them.
 *
 * <p>On PostgreSQL a change of a table waits for all who use it, and all who come after wait behind it. So it never waits long:
 * it gives way, undone, and tries again. It waits for less than the server's {@code deadlock_timeout} (1 s by default), so that
 * of two who block each other the migration is the one that gives way, not the pod that stores a webhook.
 */
public final class Migrations {

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    private static final Map<String, String> GIVE_WAY = Map.of("options", "-c lock_timeout=500ms");

    /** {@code deadlock_detected} and {@code lock_not_available}. */
    private static final Set<String> GAVE_WAY = Set.of("40P01", "55P03");

    /** No connection, no such user or password, no such database, no right; by PostgreSQL's SQL states. */
    private static final Set<String> NOT_LET_IN = Set.of("08", "28", "3D", "42501");

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String url;
    private final String username;
    private final String password;

    /** The arguments of {@link Database#open(String, String, String)}. */
    public Migrations(String url, String username, String password) {
        this.url = url;
        this.username = username;
        this.password = password;
    }

    /**
     * @param locations where the scripts are, such as {@code classpath:db/postgresql}
     * @throws InboxUnavailableException when the database cannot be reached, a script fails, or the tables stay in use for
     *     90 seconds
     */
    public void apply(String... locations) {
        applyUntil("latest", locations);
    }

    /** As {@link #apply}, up to this version of the tables. */
    void applyUntil(String version, String... locations) {
        Flyway flyway = flyway(version, locations);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                flyway.migrate();
                return;
            } catch (FlywayException e) {
                if (refusal(e, GAVE_WAY).isEmpty() || System.nanoTime() - end > 0) {
                    throw new InboxUnavailableException(message(e), e);
                }
                LOG.info("The tables are in use: the migration that gave way is tried again");
            }
            letOthersWork();
        }
    }

    private Flyway flyway(String version, String... locations) {
        // Through a connection of its own: a migration may take longer than the pool's time-outs allow.
        FluentConfiguration configuration = Flyway.configure()
                .dataSource(url, username, password)
                .locations(locations)
                .target(version);
        if (url.startsWith(DatabaseOpener.POSTGRESQL)) {
            configuration.jdbcProperties(GIVE_WAY);
        }
        return configuration.load();
    }

    private String message(FlywayException failure) {
        String database = "The database " + DatabaseOpener.withoutParameters(url);
        return refusal(failure, NOT_LET_IN)
                .map(
                        refusal -> database + " cannot be used: " + firstLine(refusal)
                                + ". Check crm.database.url, crm.database.username, crm.database.password and the user's rights")
                .orElseGet(() -> database + " cannot be migrated: " + failure.getMessage());
    }

    /** And why there is no connection, which the driver keeps for itself. */
    private static String firstLine(SQLException refusal) {
        String line = refusal.getMessage().lines().findFirst().orElse("").replaceFirst("[.]+$", "");
        return refusal.getCause() == null ? line : line + " (" + refusal.getCause() + ")";
    }

    /** What the database said, if its SQL state is one of these or of their class. */
    private static Optional<SQLException> refusal(Throwable thrown, Set<String> states) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refusal
                    && states.stream().anyMatch(String.valueOf(refusal.getSQLState())::startsWith)) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }

    private static void letOthersWork() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(200, 800));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InboxUnavailableException("Interrupted while waiting for the tables to migrate", e);
        }
    }
}
