package dev.crmsync.sandbox.org;

import dev.crmsync.sandbox.schema.Field;
import dev.crmsync.sandbox.schema.SObjectType;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * One version of a record. Values are {@link String}, {@link Boolean}, {@link java.math.BigDecimal},
 * {@link java.time.Instant} or {@link java.time.LocalDate}, by field name; a field without value is absent.
 */
public final class SObjectRecord {
    private final SObjectType type;
    private final String id;
    private final Map<String, Object> values;
    private final boolean deleted;

    private SObjectRecord(SObjectType type, String id, Map<String, Object> values) {
        this.type = type;
        this.id = id;
        this.values = values;
        this.deleted = Boolean.TRUE.equals(values.get("IsDeleted"));
    }

    /** A record with that 18-character id; null values are left out. */
    public static SObjectRecord of(SObjectType type, String id, Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(values);
        all.values().removeIf(value -> value == null);
        all.put("Id", id);
        return new SObjectRecord(type, id, all);
    }

    /** The record after a write of some values and stamps; a null value clears its field. */
    SObjectRecord with(Map<String, Object> changes, Map<String, Object> stamps) {
        Map<String, Object> all = new HashMap<>(values);
        changes.forEach((name, value) -> {
            if (value == null) {
                all.remove(name);
            } else {
                all.put(name, value);
            }
        });
        all.putAll(stamps);
        return new SObjectRecord(type, id, all);
    }

    public SObjectType type() {
        return type;
    }

    /** The 18-character id. */
    public String id() {
        return id;
    }

    /** The stored value, or null. */
    public Object get(String field) {
        return values.get(field);
    }

    /** The stored value, or null. */
    public Object get(Field field) {
        return values.get(field.name());
    }

    /** Whether it lies in the recycle bin. */
    public boolean deleted() {
        return deleted;
    }

    /** All stored values by field name. */
    public Map<String, Object> values() {
        return Collections.unmodifiableMap(values);
    }
}
