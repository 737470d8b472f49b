package dev.crmsync.webhook;

/**
 * A text as its reader would understand it: escapes as {@code \\u0041} and {@code %41} decoded, and without what nobody sees,
 * so that no name hides behind them. Written out, since it may be held against a mebibyte that makes no sense.
 */
final class VisibleText {

    private static final int HEX = 16;
    private static final int LONG_ESCAPE = 4;
    private static final int SHORT_ESCAPE = 2;
    private static final int DELETE = 0x7f;
    private static final int REPLACEMENT = 0xfffd;

    private VisibleText() {}

    static String of(String text) {
        String decoded = decoded(text);
        StringBuilder visible = new StringBuilder(decoded.length());
        for (int at = 0; at < decoded.length(); ) {
            int character = decoded.codePointAt(at);
            if (isVisible(character)) {
                visible.appendCodePoint(character);
            }
            at += Character.charCount(character);
        }
        return visible.toString();
    }

    private static boolean isVisible(int character) {
        if (character < ' ' || character == DELETE) {
            return character == '\t' || character == '\r' || character == '\n';
        }
        return character < DELETE || character != REPLACEMENT && Character.getType(character) != Character.FORMAT;
    }

    private static String decoded(String text) {
        StringBuilder decoded = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); ) {
            int digits = firstDigit(text, at);
            int count = digits > at + 1 ? LONG_ESCAPE : SHORT_ESCAPE;
            int character = digits == at ? -1 : hex(text, digits, count);
            decoded.append(character < 0 ? text.charAt(at) : (char) character);
            at = character < 0 ? at + 1 : digits + count;
        }
        return decoded.toString();
    }

    /** Where the digits of an escape that begins here would be; the same place when none begins. */
    private static int firstDigit(String text, int at) {
        if (text.charAt(at) == '%') {
            return at + 1;
        }
        int digits = at + 1;
        while (text.charAt(at) == '\\' && digits < text.length() && text.charAt(digits) == 'u') {
            digits++;
        }
        return digits > at + 1 ? digits : at;
    }

    /** The value of so many hexadecimal digits, or -1. */
    private static int hex(String text, int from, int count) {
        if (from + count > text.length()) {
            return -1;
        }
        int value = 0;
        for (int at = from; at < from + count; at++) {
            int digit = text.charAt(at) < DELETE ? Character.digit(text.charAt(at), HEX) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * HEX + digit;
        }
        return value;
    }
}
