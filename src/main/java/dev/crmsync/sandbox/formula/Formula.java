package dev.crmsync.sandbox.formula;

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
    }

    /**
     * Reads a formula: fields, texts, numbers, comparisons, {@code && || !}, and the functions {@code AND OR NOT ISNEW
     * ISBLANK ISNULL ISCHANGED PRIORVALUE}.
     *
     * @throws IllegalArgumentException for anything else
     */
    static Formula parse(String text) {
        return new FormulaParser(text).parse();
    }

    /** Whether the formula holds; unknown, as of a comparison with nothing, counts as not. */
    default boolean holds(Record record) {
        return Boolean.TRUE.equals(evaluate(record));
    }
}
