package dev.crmsync.sandbox.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.org.Org;
import dev.crmsync.sandbox.org.SObjectRecord;
import dev.crmsync.sandbox.org.Write;
import dev.crmsync.sandbox.schema.SObjectType;
import dev.crmsync.sandbox.schema.Schema;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What the lines of a journal file add up to: records, and the newest entries of the journal. */
public final class JournalState {
    private final Schema schema;
    private final int keptWrites;
    private final Map<String, SObjectType> types = new HashMap<>();
    private final Map<String, Map<String, Object>> records = new LinkedHashMap<>();
    private final Deque<Write> writes = new ArrayDeque<>();

    /** Nothing yet; at most {@code keptWrites} entries of the journal will be kept. */
    public JournalState(Schema schema, int keptWrites) {
        this.schema = schema;
        this.keptWrites = keptWrites;
    }

    void apply(JsonNode line) {
        JournalLine.type(schema, line).ifPresent(type -> {
            String id = JournalLine.id(line);
            types.put(id, type);
            JournalLine.values(type, line)
                    .ifPresent(values ->
                            records.computeIfAbsent(id, k -> new HashMap<>()).putAll(values));
            JournalLine.write(type, line).ifPresent(this::keep);
        });
    }

    private void keep(Write write) {
        if (writes.size() == keptWrites) {
            writes.removeFirst();
        }
        writes.addLast(write);
    }

    void forEachLine(Consumer<ObjectNode> out) {
        records.forEach((id, values) -> out.accept(JournalLine.record(record(id, values))));
        writes.forEach(write -> out.accept(JournalLine.write(write)));
    }

    /** Puts everything into an org that is about to start. */
    public void restoreInto(Org org) {
        records.forEach((id, values) -> org.restore(record(id, values)));
        writes.forEach(org::restore);
    }

    private SObjectRecord record(String id, Map<String, Object> values) {
        return SObjectRecord.of(types.get(id), id, values);
    }
}
