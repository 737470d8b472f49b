package dev.crmsync.sandbox.org;

import dev.crmsync.sandbox.schema.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds records by the value of one field, ignoring case unless the field tells cases apart. */
final class KeyIndex {
    private final Field field;
    private final Map<Object, List<String>> ids = new HashMap<>();

    KeyIndex(Field field) {
        this.field = field;
    }

    Field field() {
        return field;
    }

    /** Ids of the live records with this value. */
    List<String> find(Object value) {
        return value == null ? List.of() : ids.getOrDefault(normal(value), List.of());
    }

    void add(SObjectRecord record) {
        Object value = record.get(field);
        if (value != null) {
            ids.merge(normal(value), List.of(record.id()), KeyIndex::join);
        }
    }

    void remove(SObjectRecord record) {
        Object value = record.get(field);
        if (value != null) {
            ids.computeIfPresent(normal(value), (k, present) -> without(present, record.id()));
        }
    }

    private Object normal(Object value) {
        return value instanceof String text && !field.key().caseSensitive() ? text.toLowerCase(Locale.ROOT) : value;
    }

    private static List<String> join(List<String> present, List<String> more) {
        List<String> all = new ArrayList<>(present);
        all.addAll(more);
        return List.copyOf(all);
    }

    private static List<String> without(List<String> present, String id) {
        List<String> rest = present.stream().filter(other -> !other.equals(id)).toList();
        return rest.isEmpty() ? null : rest;
    }
}
