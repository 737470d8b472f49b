package dev.crmsync.webhook;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Decodes what came from outside. */
final class Utf8 {

    private Utf8() {}

    /** The text, or null when the bytes are not exactly UTF-8. Lenient decoding would make different bytes equal. */
    static String strict(byte[] bytes) {
        CharBuffer chars = chars(bytes);
        return chars == null ? null : chars.toString();
    }

    /** {@link #strict}, in an array. */
    static CharBuffer chars(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** The text, with U+FFFD in place of what is not UTF-8. */
    static String lenient(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
