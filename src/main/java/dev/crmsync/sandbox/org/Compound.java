package dev.crmsync.sandbox.org;

import dev.crmsync.sandbox.schema.Field;
import dev.crmsync.sandbox.schema.FieldType;
import java.util.Objects;
import java.util.stream.Collectors;

/** Values of fields that are put together from others, such as a Contact's full name. */
public final class Compound {
    private Compound() {}

    /** The field's value, stored or put together; null when there is none. */
    public static Object value(SObjectRecord record, Field field) {
        if (!field.compound() || field.type() == FieldType.ADDRESS) {
            return record.get(field);
        }
        String joined = field.parts().stream()
                .map(record::get)
                .filter(Objects::nonNull)
                .map(Object::toString)
                .collect(Collectors.joining(" "));
        return joined.isEmpty() ? null : joined;
    }
}
