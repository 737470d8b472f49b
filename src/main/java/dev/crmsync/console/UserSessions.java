package dev.crmsync.console;

import dev.crmsync.inbox.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who is signed in, whichever replica asks. A session ends when its person signs out, after half an hour of rest, after
 * twelve hours, or when what the person signed in with is gone.
 */
final class UserSessions {

    private static final Duration REST = Duration.ofMinutes(30);
    private static final Duration LONGEST = Duration.ofHours(12);

    /** So often at most a session's use is written down. */
    private static final Duration NOTED = Duration.ofMinutes(1);

    /** Then payloads must be revealed anew. */
    private static final int MOST_REVEALED_TEXT = 20_000;

    private static final String FIND = """
            select name, role, credential, used_at, revealed from console_session
             where id = ? and used_at >= ? and begun_at >= ?
            """;

    private record Stored(Account account, long usedAt, Set<Long> revealed) {}

    private final Database database;
    private final Accounts accounts;
    private final Clock clock;

    UserSessions(Database database, Accounts accounts, Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** @return what the browser's cookie shall hold */
    Token begin(Account account) {
        Token token = Token.random();
        long now = clock.millis();
        database.inTransaction(session -> {
            session.update(
                    "delete from console_session where used_at < ? or begun_at < ?",
                    now - REST.toMillis(),
                    now - LONGEST.toMillis());
            return session.update(
                    "insert into console_session (id, name, role, credential, begun_at, used_at) values (?, ?, ?, ?, ?, ?)",
                    id(token),
                    account.user().name(),
                    account.user().role().label(),
                    account.credential(),
                    now,
                    now);
        });
        return token;
    }

    Optional<UserSession> find(Token token) {
        String id = id(token);
        long now = clock.millis();
        Optional<Stored> stored = database
                .reading(session ->
                        session.query(FIND, UserSessions::stored, id, now - REST.toMillis(), now - LONGEST.toMillis()))
                .stream()
                .findFirst();
        if (stored.isPresent() && stored.get().usedAt() < now - NOTED.toMillis()) {
            database.inTransaction(
                    session -> session.update("update console_session set used_at = ? where id = ?", now, id));
        }
        return stored.flatMap(found -> accounts.current(found.account())
                .map(user -> new UserSession(
                        id, new Account(user, found.account().credential()), token.derive("csrf"), found.revealed())));
    }

    void end(Token token) {
        database.inTransaction(session -> session.update("delete from console_session where id = ?", id(token)));
    }

    /** The payload of that event was revealed to this person, who said why. */
    void reveal(UserSession person, long event) {
        database.inTransaction(session -> session.update(
                "update console_session set revealed = case when length(revealed) > ? then ',' else revealed end || ?"
                        + " where id = ?",
                MOST_REVEALED_TEXT,
                event + ",",
                person.id()));
    }

    private static String id(Token token) {
        return token.derive("session");
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                new Account(new User(row.getString(1), Role.of(row.getString(2))), row.getString(3)),
                row.getLong(4),
                Arrays.stream(row.getString(5).split(","))
                        .filter(id -> !id.isEmpty())
                        .map(Long::valueOf)
                        .collect(Collectors.toSet()));
    }
}
