package dev.crmsync.sandbox.soql;

import java.util.Comparator;

/** Compares stored values; text by code unit, after the caller has seen to its case. */
final class Values {
    private Values() {}

    @SuppressWarnings("unchecked")
    static int compare(Object left, Object right) {
        return ((Comparable<Object>) left).compareTo(right);
    }

    /** Sorts values that may be null. */
    static Comparator<Object> nulls(boolean last, boolean descending) {
        Comparator<Object> byValue = descending ? (left, right) -> compare(right, left) : Values::compare;
        return last ? Comparator.nullsLast(byValue) : Comparator.nullsFirst(byValue);
    }
}
