package dev.crmsync.sandbox.formula;

import java.util.Set;

/** A formula that has been read. */
@FunctionalInterface
public interface Formula {
    /** Its value for a record: text, number, date, time or truth, or null. */
    Object evaluate(Record record);

    /** What a formula sees of the record that is being saved. */
    interface Record {
        /** A field's value to be saved; null when it has none. */
        Object value(String field);

        /** A field's value before; for a new record the value to be saved. */
        Object priorValue(String field);

        boolean isNew();

        /** Whether who saves has that custom permission. */
        boolean permitted(String customPermission);
    }

    /**
     * Reads a formula: fields, texts, numbers, comparisons, {@code && || !}, and the functions {@code AND OR NOT ISNEW
     * ISBLANK ISNULL ISCHANGED PRIORVALUE}; {@code $Permission.Name} asks for a custom permission.
     *
     * @param customPermissions those that there are
     * @throws IllegalArgumentException for anything else
     */
    static Formula parse(String text, Set<String> customPermissions) {
        return new FormulaParser(text, customPermissions).parse();
    }

    /** Whether the formula holds; unknown, as of a comparison with nothing, counts as not. */
    default boolean holds(Record record) {
        return Boolean.TRUE.equals(evaluate(record));
    }
}
