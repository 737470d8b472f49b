package dev.crmsync.sandbox.soql;

import java.util.List;

/** What a WHERE clause asks for. */
sealed interface Condition {
    /** All of them. */
    record And(List<Condition> parts) implements Condition {}

    /** Any of them. */
    record Or(List<Condition> parts) implements Condition {}

    record Not(Condition part) implements Condition {}

    /**
     * One comparison.
     *
     * @param path a field, or a parent's field such as {@code Account.Name}
     * @param values one value, or those of a list
     */
    record Comparison(String path, Operator operator, List<Literal> values) implements Condition {}

    /** How to compare. */
    enum Operator {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        LIKE,
        IN,
        NOT_IN
    }
}
