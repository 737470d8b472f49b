package dev.crmsync.webhook;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** How a signature is written in a header. */
enum HmacEncoding {
    /** Lower case. */
    HEX {
        @Override
        byte[] bytes(String text) {
            return HexFormat.of().parseHex(text);
        }

        @Override
        String encode(byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
    },
    BASE64 {
        @Override
        byte[] bytes(String text) {
            return Base64.getDecoder().decode(text);
        }

        @Override
        String encode(byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
    };

    abstract String encode(byte[] bytes);

    abstract byte[] bytes(String text);

    /** The bytes, or null when the text is not what {@link #encode} makes of them, to the letter. */
    byte[] decode(String text) {
        try {
            byte[] bytes = bytes(text);
            return encode(bytes).equals(text) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The encoding of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    static HmacEncoding of(String label) {
        for (HmacEncoding encoding : values()) {
            if (encoding.label().equals(label)) {
                return encoding;
            }
        }
        throw new IllegalArgumentException("Encoding must be hex or base64, was: " + label);
    }
}
