package dev.crmsync.sandbox.soql;

/**
 * One token of a query.
 *
 * @param text as written; for a quoted text, its meaning
 * @param position index of its first character in the query
 */
record Token(Kind kind, String text, int position) {
    enum Kind {
        WORD,
        QUOTED,
        LITERAL,
        SYMBOL,
        END
    }

    boolean is(String word) {
        return kind != Kind.QUOTED && text.equalsIgnoreCase(word);
    }
}
