package dev.crmsync.console;

import dev.crmsync.inbox.Database;
import dev.crmsync.inbox.Session;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes guessing passwords slow: after too many failures, at whichever replica, whoever is counted must wait. */
final class Lockout {

    private static final Duration WAIT = Duration.ofMinutes(5);

    private static final String COUNT = """
            insert into sign_in_failure (counted, failures, last_at) values (?, 1, ?)
            on conflict (counted) do update set failures = sign_in_failure.failures + 1, last_at = excluded.last_at
            """;

    private final Database database;
    private final Clock clock;

    Lockout(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param limits by who is counted, the failures after which to wait */
    boolean isLocked(Map<String, Integer> limits) {
        long since = clock.millis() - WAIT.toMillis();
        return database.reading(session -> {
            for (var limit : limits.entrySet()) {
                if (failures(session, limit.getKey(), since) >= limit.getValue()) {
                    return true;
                }
            }
            return false;
        });
    }

    private static int failures(Session session, String who, long since) throws SQLException {
        return session
                .query(
                        "select failures from sign_in_failure where counted = ? and last_at > ?",
                        row -> row.getInt(1),
                        Token.sha256(who),
                        since)
                .stream()
                .findFirst()
                .orElse(0);
    }

    void failed(Iterable<String> counted) {
        long now = clock.millis();
        database.inTransaction(session -> {
            session.update("delete from sign_in_failure where last_at <= ?", now - WAIT.toMillis());
            // In one order everywhere, so that no two wait for each other.
            for (String hash : hashes(counted)) {
                session.update(COUNT, hash, now);
            }
            return null;
        });
    }

    void succeeded(Map<String, Integer> limits) {
        if (!isLocked(anyOf(limits))) {
            return;
        }
        database.inTransaction(session -> {
            for (String hash : hashes(limits.keySet())) {
                session.update("delete from sign_in_failure where counted = ?", hash);
            }
            return null;
        });
    }

    private static Map<String, Integer> anyOf(Map<String, Integer> limits) {
        return limits.keySet().stream().collect(Collectors.toMap(who -> who, who -> 1));
    }

    private static Iterable<String> hashes(Iterable<String> counted) {
        SortedSet<String> hashes = new TreeSet<>();
        counted.forEach(who -> hashes.add(Token.sha256(who)));
        return hashes;
    }
}
