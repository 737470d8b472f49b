package dev.crmsync.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.crmsync.record.RecordJson;
import dev.crmsync.record.RecordKey;
import dev.crmsync.record.RecordState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Lets the ledger forget what it knows of records. */
final class ForgetRecords {

    private static final String LEASES = """
            select r.lease_owner is not null and r.lease_until > ? from {rows} cross join record r
             where r.object = v.object and r.key_field = v.key_field and r.record_key = v.record_key
             order by r.object, r.key_field, r.record_key {lock:r}
            """;

    /** The version: whoever holds an ended lease still would write the old state back. */
    private static final String FORGET = """
            update record set state = ?, version = version + 1
              from {rows}
             where record.object = v.object and record.key_field = v.key_field and record.record_key = v.record_key
            """;

    private static final JsonMapper JSON = new JsonMapper();

    private final PayloadCipher cipher;

    ForgetRecords(PayloadCipher cipher) {
        this.cipher = cipher;
    }

    /** The records that an event has sent or was about to send; none where that is not there, or sealed with a lost key. */
    List<RecordKey> sentBy(Session session, long eventId) throws SQLException {
        return session
                .query("select upserts from event where id = ?", row -> opened(row.getBytes(1), eventId), eventId)
                .stream()
                .filter(Objects::nonNull)
                .map(ForgetRecords::keys)
                .findFirst()
                .orElse(List.of());
    }

    private String opened(byte[] sealed, long eventId) {
        try {
            return sealed == null ? null : cipher.open(sealed, SettleSubjects.context(eventId));
        } catch (PayloadSealedException e) {
            return null;
        }
    }

    private static List<RecordKey> keys(String upserts) {
        try {
            Set<RecordKey> keys = new LinkedHashSet<>();
            for (JsonNode sent : JSON.readTree(upserts)) {
                keys.add(new RecordKey(
                        sent.path("object").asText(),
                        sent.path("keyField").asText(),
                        sent.path("key").asText()));
            }
            return new ArrayList<>(keys);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What an event has sent cannot be read", e);
        }
    }

    /** @return false when nothing was forgotten, since one of them is being written */
    boolean forget(Session session, List<RecordKey> records, Instant now) throws SQLException {
        if (records.isEmpty()) {
            return true;
        }
        Rows rows = Rows.of(Rows.text("object"), Rows.text("key_field"), Rows.text("record_key"));
        records.forEach(record -> rows.add(record.object(), record.keyField(), record.key()));
        if (session.query(LEASES, row -> row.getBoolean(1), now.toEpochMilli(), rows)
                .contains(true)) {
            return false;
        }
        session.update(FORGET, RecordJson.write(RecordState.UNKNOWN), rows);
        return true;
    }
}
