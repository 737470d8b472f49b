package dev.crmsync.sandbox.soql;

/** A value as a query writes it; which it is shows only when it meets a field. */
record Literal(boolean quoted, String text) {
    boolean isNull() {
        return !quoted && text.equalsIgnoreCase("null");
    }
}
