package dev.crmsync.sandbox.org;

import dev.crmsync.sandbox.schema.Field;
import dev.crmsync.sandbox.schema.SObjectType;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All records of one object, recycle bin included. Guarded by the org's lock. */
public final class Table {
    private final SObjectType type;
    private final Map<String, SObjectRecord> records = new LinkedHashMap<>();
    private final Map<String, KeyIndex> indexes = new HashMap<>();
    private long lastOrdinal;
    private long lastAutoNumber;

    Table(SObjectType type) {
        this.type = type;
        for (Field field : type.fields()) {
            if (field.indexed() && !field.name().equals("Id")) {
                indexes.put(field.name(), new KeyIndex(field));
            }
        }
    }

    public SObjectType type() {
        return type;
    }

    /** The record with that 18-character id, even when it is deleted. */
    public Optional<SObjectRecord> get(String id) {
        return Optional.ofNullable(records.get(id));
    }

    /** All records in the order of their creation, deleted ones included. */
    public Collection<SObjectRecord> all() {
        return records.values();
    }

    /** Whether {@link #find} can answer for this field. */
    public boolean hasIndex(Field field) {
        return indexes.containsKey(field.name());
    }

    /** Ids of the live records that have this value in an indexed field. */
    public List<String> find(Field field, Object value) {
        return indexes.get(field.name()).find(value);
    }

    String newId() {
        return SalesforceId.of(type.keyPrefix(), ++lastOrdinal);
    }

    long nextAutoNumber() {
        return ++lastAutoNumber;
    }

    /** Puts in a version of a record; null takes the record away as if it had never been. */
    void replace(String id, SObjectRecord version) {
        SObjectRecord before = version == null ? records.remove(id) : records.put(id, version);
        if (before != null && !before.deleted()) {
            indexes.values().forEach(index -> reindex(index, before, version, false));
        }
        if (version != null && !version.deleted()) {
            indexes.values().forEach(index -> reindex(index, before, version, true));
        }
    }

    /** Takes over a record of an earlier run, and goes on counting behind it. */
    void restore(SObjectRecord record) {
        lastOrdinal = Math.max(lastOrdinal, SalesforceId.ordinal(record.id()));
        if (!records.containsKey(record.id())) {
            lastAutoNumber++;
        }
        replace(record.id(), record);
    }

    private static void reindex(KeyIndex index, SObjectRecord before, SObjectRecord after, boolean add) {
        boolean unchanged = before != null
                && after != null
                && !before.deleted()
                && !after.deleted()
                && java.util.Objects.equals(before.get(index.field()), after.get(index.field()));
        if (!unchanged && add) {
            index.add(after);
        } else if (!unchanged) {
            index.remove(before);
        }
    }
}
