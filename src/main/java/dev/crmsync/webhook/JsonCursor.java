package dev.crmsync.webhook;

/**
 * A place in a JSON text that moves over one token at a time, strictly by its grammar. It makes no object of what it
 * reads: a string or a number is where it starts and ends in the text, escapes having been replaced there.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
final class JsonCursor {

    private final char[] text;
    private final int length;
    private int at;
    private int start;
    private int end;

    /** @param text which it changes, of which only so many characters count */
    JsonCursor(char[] text, int length) {
        this.text = text;
        this.length = length;
    }

    char[] text() {
        return text;
    }

    /** Where the string, without its quotes, or the number starts that was read last. */
    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Moves over white space and one character, which there must be. */
    char next() throws UnreadableException {
        skipSpace();
        require(at < length);
        return text[at++];
    }

    /** Moves over the character if it is what comes after white space. */
    boolean skip(char expected) {
        skipSpace();
        boolean found = at < length && text[at] == expected;
        if (found) {
            at++;
        }
        return found;
    }

    boolean isAtEnd() {
        skipSpace();
        return at == length;
    }

    private void skipSpace() {
        while (at < length && isSpace(text[at])) {
            at++;
        }
    }

    private static boolean isSpace(char character) {
        return character <= ' ' && (character == ' ' || character == '\n' || character == '\r' || character == '\t');
    }

    /** Moves over the literal, such as {@code true}, whose first character has been read. */
    void literal(String expected) throws UnreadableException {
        for (int i = 1; i < expected.length(); i++) {
            require(at < length && text[at++] == expected.charAt(i));
        }
    }

    /** Moves over a string whose opening quote has been read. */
    void string() throws UnreadableException {
        start = at;
        while (at < length && isPlain(text[at])) {
            at++;
        }
        end = at;
        while (at < length && text[at] != '"') {
            char character = text[at++];
            require(character >= ' ');
            text[end++] = character == '\\' ? unescaped() : character;
        }
        require(at++ < length);
    }

    private static boolean isPlain(char character) {
        return character >= ' ' && character != '"' && character != '\\';
    }

    private char unescaped() throws UnreadableException {
        require(at < length);
        char escape = text[at++];
        return switch (escape) {
            case '"', '\\', '/' -> escape;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw notJson();
        };
    }

    private char unicode() throws UnreadableException {
        require(length - at >= 4);
        int character = 0;
        for (int i = 0; i < 4; i++) {
            char digit = text[at++];
            require(digit < 0x80 && Character.digit(digit, 16) >= 0);
            character = character << 4 | Character.digit(digit, 16);
        }
        return (char) character;
    }

    /** Moves over a number whose first character has been read. */
    void number() throws UnreadableException {
        start = at - 1;
        at = text[start] == '-' ? at : start;
        boolean zero = at < length && text[at] == '0';
        int first = at;
        digits();
        require(!zero || at == first + 1);
        if (at < length && text[at] == '.') {
            at++;
            digits();
        }
        if (at < length && (text[at] == 'e' || text[at] == 'E')) {
            at++;
            if (at < length && (text[at] == '+' || text[at] == '-')) {
                at++;
            }
            digits();
        }
        end = at;
    }

    /** At least one. */
    private void digits() throws UnreadableException {
        int first = at;
        while (at < length && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        require(at > first);
    }

    private static void require(boolean met) throws UnreadableException {
        if (!met) {
            throw notJson();
        }
    }

    private static UnreadableException notJson() {
        return new UnreadableException("The body is not JSON");
    }
}
