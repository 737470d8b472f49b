package dev.crmsync.console;

import dev.crmsync.inbox.Database;
import java.time.Clock;
import java.time.Duration;

/**
 * Makes guessing passwords slow: after some failures, at whichever replica, each further one doubles the time until the
 * next attempt counts. Attempts in between change nothing.
 */
final class SignInFailures {

    /** Failures that cost nothing: people mistype. */
    private static final int FREE = 5;

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 6;
    private static final Duration FORGOTTEN = Duration.ofMinutes(15);

    private static final String COUNT = """
            insert into sign_in_failure (counted, failures, last_at) values (?, 1, ?)
            on conflict (counted) do update set failures = sign_in_failure.failures + 1, last_at = excluded.last_at
            """;

    private record Failures(int count, long lastAt) {

        private static final Failures NONE = new Failures(0, 0);

        private long waitsUntil() {
            if (count < FREE) {
                return lastAt;
            }
            long seconds = 1L << Math.min(count - FREE, MOST_DOUBLINGS);
            return lastAt + Math.min(Duration.ofSeconds(seconds).toMillis(), LONGEST_WAIT.toMillis());
        }
    }

    private final Database database;
    private final Clock clock;

    SignInFailures(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** How long that one must still wait for the next attempt, in whole seconds; zero when it may be made now. */
    Duration wait(String who) {
        long millis = Math.max(0, failures(who).waitsUntil() - clock.millis());
        return Duration.ofSeconds((millis + 999) / 1_000);
    }

    private Failures failures(String who) {
        return database
                .reading(session -> session.query(
                        "select failures, last_at from sign_in_failure where counted = ? and last_at > ?",
                        row -> new Failures(row.getInt(1), row.getLong(2)),
                        Token.sha256(who),
                        clock.millis() - FORGOTTEN.toMillis()))
                .stream()
                .findFirst()
                .orElse(Failures.NONE);
    }

    void add(String who) {
        long now = clock.millis();
        database.inTransaction(session -> {
            session.update("delete from sign_in_failure where last_at <= ?", now - FORGOTTEN.toMillis());
            return session.update(COUNT, Token.sha256(who), now);
        });
    }

    void forget(String who) {
        if (failures(who).count() > 0) {
            database.inTransaction(
                    session -> session.update("delete from sign_in_failure where counted = ?", Token.sha256(who)));
        }
    }
}
