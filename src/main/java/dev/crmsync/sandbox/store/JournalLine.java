package dev.crmsync.sandbox.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.org.OrgStore.StoredChange;
import dev.crmsync.sandbox.org.SObjectRecord;
import dev.crmsync.sandbox.org.Write;
import dev.crmsync.sandbox.schema.SObjectType;
import dev.crmsync.sandbox.schema.Schema;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One change in the file: {@code values} is what became different in the record, {@code write} the journal entry. A
 * compacted file has changes with only the one or only the other.
 */
final class JournalLine {
    private JournalLine() {}

    static ObjectNode of(StoredChange change) {
        ObjectNode line = write(change.write());
        line.set("values", RecordCodec.encode(difference(change.before(), change.after())));
        return line;
    }

    /** A record as it stands. */
    static ObjectNode record(SObjectRecord record) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("object", record.type().name());
        line.put("id", record.id());
        line.set("values", RecordCodec.encode(record.values()));
        return line;
    }

    /** A journal entry without its record. */
    static ObjectNode write(Write write) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("object", write.object());
        line.put("id", write.id());
        ObjectNode entry = line.putObject("write");
        entry.put("sequence", write.sequence());
        entry.put("call", write.call());
        entry.put("time", write.time().toString());
        entry.put("keyField", write.keyField());
        entry.put("key", write.key());
        entry.put("operation", write.operation().name());
        entry.put("api", write.api());
        entry.put("caller", write.caller());
        entry.set("fields", RecordCodec.encode(write.fields()));
        return line;
    }

    static Optional<SObjectType> type(Schema schema, JsonNode line) {
        return schema.type(line.path("object").asText());
    }

    static String id(JsonNode line) {
        return line.path("id").asText();
    }

    /** Changed values, empty when the line carries only a journal entry. */
    static Optional<Map<String, Object>> values(SObjectType type, JsonNode line) {
        return line.has("values") ? Optional.of(RecordCodec.decode(type, line.path("values"))) : Optional.empty();
    }

    static Optional<Write> write(SObjectType type, JsonNode line) {
        JsonNode entry = line.path("write");
        if (entry.isMissingNode()) {
            return Optional.empty();
        }
        return Optional.of(new Write(
                entry.path("sequence").asLong(),
                entry.path("call").asLong(),
                Instant.parse(entry.path("time").asText()),
                type.name(),
                id(line),
                entry.path("keyField").textValue(),
                entry.path("key").textValue(),
                Write.Operation.valueOf(entry.path("operation").asText()),
                entry.path("api").asText(),
                entry.path("caller").asText(),
                new LinkedHashMap<>(RecordCodec.decode(type, entry.path("fields")))));
    }

    private static Map<String, Object> difference(SObjectRecord before, SObjectRecord after) {
        if (before == null) {
            return after.values();
        }
        Map<String, Object> changed = new HashMap<>();
        after.values().forEach((name, value) -> {
            if (!Objects.equals(before.get(name), value)) {
                changed.put(name, value);
            }
        });
        before.values().keySet().forEach(name -> {
            if (after.get(name) == null) {
                changed.put(name, null);
            }
        });
        return changed;
    }
}
