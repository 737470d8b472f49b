package dev.crmsync.webhook;

import java.util.Arrays;

/** JSON text in UTF-8 that grows, strings in it written as JavaScript's {@code JSON.stringify} does. */
final class CanonicalText {

    private static final String HEX = "0123456789abcdef";

    private byte[] bytes;
    private int size;

    CanonicalText(int capacity) {
        bytes = new byte[Math.max(capacity, 16)];
    }

    int size() {
        return size;
    }

    void append(CanonicalText other, int start, int end) {
        if (start < end) {
            reserve(end - start);
            System.arraycopy(other.bytes, start, bytes, size, end - start);
            size += end - start;
        }
    }

    void ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
    }

    void ascii(char character) {
        put(character);
    }

    void ascii(char[] text, int start, int end) {
        reserve(end - start);
        for (int i = start; i < end; i++) {
            bytes[size++] = (byte) text[i];
        }
    }

    /** With quotes. Halves of surrogate pairs, which are no UTF-8, are escaped. */
    void string(char[] text, int start, int end) {
        reserve(end - start + 2);
        put('"');
        for (int i = plain(text, start, end); i < end; i = plain(text, i + 1, end)) {
            char character = text[i];
            if (character < 0x80) {
                escaped(character);
            } else if (!Character.isSurrogate(character)) {
                utf8(character);
            } else if (i + 1 < end && Character.isSurrogatePair(character, text[i + 1])) {
                utf8(Character.toCodePoint(character, text[++i]));
            } else {
                unicodeEscape(character);
            }
        }
        put('"');
    }

    /** Writes characters that stand for themselves, and says where they end. */
    private int plain(char[] text, int start, int end) {
        reserve(end - start);
        byte[] written = bytes;
        int at = size;
        int i = start;
        while (i < end && text[i] < 0x80 && escape(text[i]) == 0) {
            written[at++] = (byte) text[i++];
        }
        size = at;
        return i;
    }

    private void escaped(char character) {
        char escape = escape(character);
        if (escape == 'u') {
            unicodeEscape(character);
        } else {
            put('\\');
            put(escape);
        }
    }

    /** What follows the backslash; 0 for a character that stands for itself. */
    private static char escape(char character) {
        if (character >= ' ') {
            return character == '"' || character == '\\' ? character : 0;
        }
        return switch (character) {
            case '\b' -> 'b';
            case '\f' -> 'f';
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            default -> 'u';
        };
    }

    private void unicodeEscape(char character) {
        put('\\');
        put('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            put(HEX.charAt(character >> shift & 0xF));
        }
    }

    private void utf8(int codePoint) {
        if (codePoint < 0x800) {
            put(0xC0 | codePoint >> 6);
        } else {
            if (codePoint < 0x10000) {
                put(0xE0 | codePoint >> 12);
            } else {
                put(0xF0 | codePoint >> 18);
                put(0x80 | codePoint >> 12 & 0x3F);
            }
            put(0x80 | codePoint >> 6 & 0x3F);
        }
        put(0x80 | codePoint & 0x3F);
    }

    private void put(int value) {
        if (size == bytes.length) {
            reserve(1);
        }
        bytes[size++] = (byte) value;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }

    /** The text, to which no more is written. */
    byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }
}
