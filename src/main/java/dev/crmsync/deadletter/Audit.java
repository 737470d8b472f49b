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

    /**
     * A part of it, the newest acts first.
     *
     * @param before as the page before says, or {@link Long#MAX_VALUE}
     */
    public AuditPage page(long before, int size) {
        List<Numbered> found = database.reading(session -> session.query(
                "select id, at, who, act, reason, detail, events from audit where id < ? order by id desc limit ?",
                row -> new Numbered(
                        row.getLong(1),
                        new AuditEntry(
                                Instant.ofEpochMilli(row.getLong(2)),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6),
                                row.getLong(7))),
                before,
                size + 1));
        List<AuditEntry> entries =
                found.stream().limit(size).map(Numbered::entry).toList();
        return new AuditPage(entries, found.size() > size ? found.get(size - 1).id() : null);
    }

    private record Numbered(long id, AuditEntry entry) {}
}
