package dev.crmsync.model;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The records as delivery in order leaves them: each change applied to a map, one after the other. */
public final class Oracle {

    /** One record. After a deletion, what the deletion does not name counts as unknown until it is said again. */
    private static final class Expected {
        private final Map<String, String> fields = new HashMap<>();
        private final Set<String> placeholders = new HashSet<>();
        private final Set<String> everSaid = new HashSet<>();
        private boolean exists;
        private boolean deleted;
        private boolean wasDeleted;
    }

    private final Map<String, Expected> records = new HashMap<>();

    private Oracle() {}

    /** What comes of the changes, which are in the order in which they happened. */
    public static Oracle of(Collection<Change> changes) {
        Oracle oracle = new Oracle();
        changes.forEach(change -> change.says().forEach(oracle::apply));
        return oracle;
    }

    private void apply(RecordChange change) {
        Expected record = records.computeIfAbsent(change.record(), any -> new Expected());
        record.everSaid.addAll(change.fields().keySet());
        record.everSaid.addAll(change.placeholders().keySet());
        switch (change.kind()) {
            case DELETION -> delete(record, change);
            case CREATION -> {
                if (record.deleted) {
                    record.deleted = false;
                    record.placeholders.addAll(change.placeholders().keySet());
                }
                write(record, change);
            }
            case STATE -> {
                if (!record.deleted) {
                    write(record, change);
                }
            }
        }
    }

    private static void delete(Expected record, RecordChange change) {
        record.deleted = true;
        record.wasDeleted = true;
        record.placeholders.clear();
        record.fields.clear();
        record.fields.putAll(change.fields());
    }

    private static void write(Expected record, RecordChange change) {
        record.exists = true;
        change.placeholders().forEach((field, value) -> {
            if (!record.fields.containsKey(field) || record.placeholders.contains(field)) {
                record.fields.put(field, value);
                record.placeholders.add(field);
            }
        });
        record.fields.putAll(change.fields());
        record.placeholders.removeAll(change.fields().keySet());
    }

    /** The names of all records that a change spoke of. */
    public Set<String> records() {
        return Set.copyOf(records.keySet());
    }

    /**
     * What is wrong with a record as it is; empty when it is as it must be.
     *
     * @param actual its fields, null when there is no such record; those that are not set may be left out
     */
    public Map<String, String> faults(String name, Map<String, String> actual) {
        Expected record = records.get(name);
        Map<String, String> faults = new TreeMap<>();
        if (actual == null) {
            if (record.exists && !record.deleted) {
                faults.put("record", "missing");
            }
            return faults;
        }
        if (!record.exists) {
            // what was never there in order may be there, as long as it says no more than its deletion
            return record.deleted ? differences(record, actual) : Map.of("record", "is there");
        }
        return differences(record, actual);
    }

    private static Map<String, String> differences(Expected record, Map<String, String> actual) {
        Map<String, String> faults = new TreeMap<>();
        for (String field : record.everSaid) {
            String expected =
                    record.fields.getOrDefault(field, record.wasDeleted ? RecordChange.ANY : RecordChange.EMPTY);
            String found = actual.getOrDefault(field, RecordChange.EMPTY);
            if (!expected.equals(RecordChange.ANY) && !expected.equals(found)) {
                faults.put(field, "is '" + found + "', in order it is '" + expected + "'");
            }
        }
        return faults;
    }

    /** As {@link #faults}, of all records that a change spoke of. */
    public Map<String, Map<String, String>> allFaults(Map<String, Map<String, String>> actual) {
        Map<String, Map<String, String>> all = new TreeMap<>();
        for (String name : records.keySet()) {
            Map<String, String> faults = faults(name, actual.get(name));
            if (!faults.isEmpty()) {
                all.put(name, faults);
            }
        }
        return all;
    }

    /** Those records of which all that delivery in order may leave is a deletion, or nothing. */
    public List<String> deleted() {
        return records.entrySet().stream()
                .filter(entry -> entry.getValue().deleted)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
