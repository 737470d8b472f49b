package dev.crmsync.sandbox.soql;

import dev.crmsync.sandbox.org.ApiException;
import dev.crmsync.sandbox.org.Compound;
import dev.crmsync.sandbox.org.ErrorCode;
import dev.crmsync.sandbox.org.Org;
import dev.crmsync.sandbox.org.SObjectRecord;
import dev.crmsync.sandbox.schema.Field;
import dev.crmsync.sandbox.schema.SObjectType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A way to a value: a field of the record, or through references to a field of its parent.
 *
 * @param references the reference fields on the way; empty for the record's own field
 */
public record Path(List<Field> references, Field field) {

    /** Finds the way in the schema; an unknown step is {@code INVALID_FIELD}. */
    static Path of(Org org, SObjectType from, String dotted) {
        String[] steps = dotted.split("\\.");
        int first = steps.length > 1 && steps[0].equalsIgnoreCase(from.name()) ? 1 : 0;
        List<Field> references = new ArrayList<>();
        SObjectType type = from;
        for (int i = first; i < steps.length - 1; i++) {
            SObjectType current = type;
            String step = steps[i];
            Field reference = type.relation(step)
                    .orElseThrow(() -> ApiException.of(
                            ErrorCode.INVALID_FIELD,
                            "Didn't understand relationship '" + step + "' in field path of entity '" + current + "'"));
            references.add(reference);
            type = org.schema()
                    .type(reference.reference().orElseThrow().to().get(0))
                    .orElseThrow(() ->
                            ApiException.of(ErrorCode.INVALID_FIELD, "Relationship '" + step + "' is not accessible"));
        }
        SObjectType last = type;
        String name = steps[steps.length - 1];
        return new Path(
                references,
                type.field(name)
                        .orElseThrow(() -> ApiException.of(
                                ErrorCode.INVALID_FIELD,
                                "No such column '" + name + "' on entity '" + last
                                        + "'. If you are attempting to use a custom field, be sure to append the"
                                        + " '__c' after the custom field name.")));
    }

    /** The record that has the value: the given one or a parent; empty when a reference on the way is. */
    public Optional<SObjectRecord> holder(Org org, SObjectRecord record) {
        SObjectRecord holder = record;
        for (Field reference : references) {
            Object id = holder.get(reference);
            Optional<SObjectRecord> parent = id == null ? Optional.empty() : org.record((String) id);
            if (parent.isEmpty()) {
                return Optional.empty();
            }
            holder = parent.get();
        }
        return Optional.of(holder);
    }

    /** The value, or null. */
    Object value(Org org, SObjectRecord record) {
        return holder(org, record).map(holder -> Compound.value(holder, field)).orElse(null);
    }
}
