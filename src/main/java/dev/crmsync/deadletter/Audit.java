package dev.crmsync.deadletter;

import dev.crmsync.inbox.Database;
import dev.crmsync.inbox.Session;
import dev.crmsync.inbox.Texts;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** The record of what people did. Nothing changes or removes its entries. */
public final class Audit {

    private static final int MAX_TEXT = 2_000;

    private final Database database;
    private final Clock clock;

    public Audit(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Records an act that happens outside the database, or in a transaction of its own. */
    public void record(AuditEntry entry) {
        database.inTransaction(session -> {
            write(session, clock, entry);
            return null;
        });
    }

    /** Records an act in the transaction that does it. */
    static void write(Session session, Clock clock, AuditEntry entry) throws SQLException {
        session.update(
                "insert into audit (at, who, act, reason, detail, events) values (?, ?, ?, ?, ?, ?)",
                clock.millis(),
                Texts.storable(entry.who(), MAX_TEXT),
                entry.act(),
                Texts.storable(entry.reason(), MAX_TEXT),
                Texts.storable(entry.detail(), MAX_TEXT),
                entry.events());
    }

    /** The newest acts first, at most {@code limit}. */
    public List<AuditEntry> newest(int limit) {
        return database.reading(session -> session.query(
                "select at, who, act, reason, detail, events from audit order by id desc limit ?",
                row -> new AuditEntry(
                        Instant.ofEpochMilli(row.getLong(1)),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getLong(6)),
                limit));
    }
}
