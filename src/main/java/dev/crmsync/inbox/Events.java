package dev.crmsync.inbox;

import dev.crmsync.event.EventId;
import dev.crmsync.event.EventState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads stored events. */
public final class Events {

    private static final String SELECT = """
            select %s, e.state, e.reason, e.finished_at, e.upserts, s.subject
              from event e join subject s on s.id = e.subject_id
            """.formatted(EventColumns.LIST);

    private static final String FAILURES = """
            select started_at, ended_at, error_class, error_code, message
              from attempt where event_id = ? order by id
            """;

    private final Database database;
    private final PayloadCipher cipher;
    private final EventColumns columns;

    Events(Database database, PayloadCipher cipher) {
        this.database = database;
        this.cipher = cipher;
        this.columns = new EventColumns(cipher);
    }

    /** The event with the inbox's own number. */
    public Optional<StoredEvent> find(long id) {
        return first(SELECT + "where e.id = ?", id);
    }

    /** The event with the sender's id. */
    public Optional<StoredEvent> find(EventId id) {
        return first(SELECT + "where e.source = ? and e.event_id = ?", id.source(), id.value());
    }

    /** True while the sender's id is remembered. */
    public boolean contains(EventId id) {
        return !database.reading(session -> session.query(
                        "select 1 from event where source = ? and event_id = ?", row -> true, id.source(), id.value()))
                .isEmpty();
    }

    /** The failed attempts of an event, oldest first, also those before a replay. */
    public List<FailedAttempt> failures(long id) {
        return database.reading(session -> session.query(
                FAILURES,
                row -> new FailedAttempt(
                        Instant.ofEpochMilli(row.getLong(1)),
                        Instant.ofEpochMilli(row.getLong(2)),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5)),
                id));
    }

    /** The payload as it was received, if a person has replaced it since. */
    public Optional<String> originalPayload(StoredEvent event) {
        String context = event.event().id().toString();
        return database
                .reading(session -> session.query(
                        "select original_payload from event where id = ? and original_payload is not null",
                        row -> cipher.open(row.getBytes(1), context),
                        event.id()))
                .stream()
                .findFirst();
    }

    private Optional<StoredEvent> first(String sql, Object... parameters) {
        return database.reading(session -> session.query(sql, this::stored, parameters)).stream()
                .findFirst();
    }

    private StoredEvent stored(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        long finishedAt = row.getLong("finished_at");
        boolean isPending = row.wasNull();
        return new StoredEvent(
                id,
                columns.read(row, row.getString("subject")).event(),
                EventState.of(row.getString("state")),
                row.getString("reason"),
                row.getInt("attempts"),
                Instant.ofEpochMilli(row.getLong("received_at")),
                isPending ? null : Instant.ofEpochMilli(finishedAt),
                upserts(row, id),
                row.getBytes("payload") != null,
                row.getString("trace_context"));
    }

    private String upserts(ResultSet row, long id) throws SQLException {
        byte[] sealed = row.getBytes("upserts");
        try {
            return sealed == null ? null : cipher.open(sealed, SettleSubjects.context(id));
        } catch (PayloadSealedException e) {
            return null;
        }
    }
}
