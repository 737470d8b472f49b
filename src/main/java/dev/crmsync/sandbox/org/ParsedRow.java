package dev.crmsync.sandbox.org;

import dev.crmsync.sandbox.schema.Field;
import dev.crmsync.sandbox.schema.SObjectType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One row of a request whose columns exist and whose values have the right types.
 *
 * @param values by field; null clears
 * @param parents parents that are named by their external id
 */
public record ParsedRow(SObjectType type, Map<Field, Object> values, List<Parent> parents) {
    public ParsedRow {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        parents = List.copyOf(parents);
    }

    /** A parent named by the value of one of its fields. */
    public record Parent(Field reference, SObjectType type, Field keyField, Object key) {}

    /** The row without one of its fields. */
    public ParsedRow without(Field field) {
        Map<Field, Object> rest = new LinkedHashMap<>(values);
        rest.remove(field);
        return new ParsedRow(type, rest, parents);
    }

    /** The row with one more value. */
    ParsedRow with(Field field, Object value) {
        Map<Field, Object> more = new LinkedHashMap<>(values);
        more.put(field, value);
        return new ParsedRow(type, more, new ArrayList<>(parents));
    }
}
