package dev.crmsync.check.jq;

/**
 * A word of jq.
 *
 * @param text without the quotes of a string, the dollar sign of a variable or the dot of a field
 */
record Token(Kind kind, String text) {

    enum Kind {
        NUMBER,
        STRING,
        /** A string with {@code \(…)} in it. */
        INTERPOLATED,
        NAME,
        FIELD,
        VARIABLE,
        FORMAT,
        SYMBOL,
        END
    }

    boolean is(String symbolOrName) {
        return (kind == Kind.SYMBOL || kind == Kind.NAME) && text.equals(symbolOrName);
    }

    boolean isString() {
        return kind == Kind.STRING || kind == Kind.INTERPOLATED;
    }
}
