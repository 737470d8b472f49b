package dev.crmsync.observe;

/**
 * Text of which nothing is obeyed by a terminal or changes how its neighbours look: what steers the cursor, the colours,
 * the direction of writing or what is visible at all is written as {@code \}{@code uXXXX}, which JSON understands, too.
 *
 * @see <a href="https://trojansource.codes/">What the direction of writing can hide</a>
 */
public final class Printable {

    private static final String KEPT = "\n\t" + System.lineSeparator();

    private Printable() {}

    /** The text, its line ends and tabs as they are. */
    public static String escaped(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (isObeyed(text, at)) {
                return escapedFrom(at, text);
            }
        }
        return text;
    }

    private static String escapedFrom(int first, String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 32).append(text, 0, first);
        for (int at = first; at < text.length(); at++) {
            char character = text.charAt(at);
            if (isObeyed(text, at)) {
                escaped.append(String.format("\\u%04x", (int) character));
            } else {
                escaped.append(character);
            }
        }
        return escaped.toString();
    }

    /** Of a pair of surrogates, both halves are as the character that they are. */
    private static boolean isObeyed(String text, int at) {
        char character = text.charAt(at);
        if (character >= ' ' && character <= '~' || KEPT.indexOf(character) >= 0) {
            return false;
        }
        boolean isSecondHalf =
                Character.isLowSurrogate(character) && at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
        return switch (Character.getType(text.codePointAt(isSecondHalf ? at - 1 : at))) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
