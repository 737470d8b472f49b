package dev.crmsync.inbox;

import dev.crmsync.event.EventId;
import dev.crmsync.event.EventState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sees to it, at each start, that every stored payload can be opened: pending ones, and those of ended events, which a
 * replay may need. The table {@code payload_key} knows what they may be sealed with; only when one of those keys is not
 * listed any more are the payloads themselves tried.
 */
final class PayloadKeys {

    private static final int PAGE = 500;

    /** During a rollout, pods with other keys are at work: what they have sealed since is not there to be found yet. */
    private static final Duration ROLLOUT = Duration.ofDays(1);

    private static final String USED = "select fingerprint from payload_key";

    private static final String ANY_PAYLOAD = "select 1 from event where payload is not null limit 1";

    private static final String PAYLOADS = """
            select id, source, event_id, state, payload, original_payload
              from event where id > ? and payload is not null order by id limit ?
            """;

    private static final String USE = """
            insert into payload_key (fingerprint, used_at) values (?, ?)
            on conflict (fingerprint) do update set used_at = excluded.used_at
            """;

    private static final String FORGET = "delete from payload_key where fingerprint = ? and used_at < ?";

    private final Database database;
    private final PayloadCipher cipher;
    private final Clock clock;

    PayloadKeys(Database database, PayloadCipher cipher, Clock clock) {
        this.database = database;
        this.cipher = cipher;
        this.clock = clock;
    }

    private record Row(long id, EventId event, EventState state, byte[] payload, byte[] original) {}

    /** @throws PayloadSealedException when payloads cannot be opened, with how many in which states */
    void verify() {
        Set<String> unlisted = new HashSet<>(database.reading(session -> session.query(USED, row -> row.getString(1))));
        boolean isKnown = !unlisted.isEmpty();
        unlisted.removeAll(cipher.fingerprints());
        if (!unlisted.isEmpty() || !isKnown && hasPayloads()) {
            tryAll();
        }
        database.inTransaction(session -> {
            for (String fingerprint : unlisted) {
                session.update(FORGET, fingerprint, clock.millis() - ROLLOUT.toMillis());
            }
            return session.update(USE, cipher.sealsWith(), clock.millis());
        });
    }

    private boolean hasPayloads() {
        return !database.reading(session -> session.query(ANY_PAYLOAD, row -> true))
                .isEmpty();
    }

    private void tryAll() {
        Map<EventState, Long> sealed = new EnumMap<>(EventState.class);
        long last = 0;
        EventId example = null;
        List<Row> page;
        do {
            long after = last;
            page = database.reading(session -> session.query(PAYLOADS, PayloadKeys::row, after, PAGE));
            for (Row row : page) {
                last = row.id();
                if (!opens(row)) {
                    example = row.event();
                    sealed.merge(row.state(), 1L, Long::sum);
                }
            }
        } while (page.size() == PAGE);
        if (example != null) {
            throw new PayloadSealedException(sealed, example.toString(), cipher.keys());
        }
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong(1),
                new EventId(row.getString(2), row.getString(3)),
                EventState.of(row.getString(4)),
                row.getBytes(5),
                row.getBytes(6));
    }

    private boolean opens(Row row) {
        try {
            cipher.open(row.payload(), row.event().toString());
            if (row.original() != null) {
                cipher.open(row.original(), row.event().toString());
            }
            return true;
        } catch (PayloadSealedException e) {
            return false;
        }
    }
}
