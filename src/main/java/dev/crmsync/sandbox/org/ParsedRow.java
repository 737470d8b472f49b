package dev.crmsync.sandbox.org;

import dev.crmsync.sandbox.schema.Field;
import dev.crmsync.sandbox.schema.SObjectType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One row of a request whose columns exist and whose values have the right types. */
public final class ParsedRow {
    private final SObjectType type;
    private final Map<Field, Object> values;
    private final List<Parent> parents;

    /** Takes the map over: nobody else changes it any more. */
    ParsedRow(SObjectType type, Map<Field, Object> values, List<Parent> parents) {
        this.type = type;
        this.values = Collections.unmodifiableMap(values);
        this.parents = List.copyOf(parents);
    }

    /** A parent named by the value of one of its fields. */
    public record Parent(Field reference, SObjectType type, Field keyField, Object key) {}

    public SObjectType type() {
        return type;
    }

    /** Values by field; null clears. */
    public Map<Field, Object> values() {
        return values;
    }

    /** Parents that are named by their external id. */
    List<Parent> parents() {
        return parents;
    }

    /** The row with one more value. */
    public ParsedRow with(Field field, Object value) {
        Map<Field, Object> more = new LinkedHashMap<>(values);
        more.put(field, value);
        return new ParsedRow(type, more, parents);
    }
}
