package dev.crmsync.inbox;

/** What texts a database takes: PostgreSQL stores no NUL and no half of a surrogate pair. */
public final class Texts {

    private static final char REPLACEMENT = '\uFFFD';

    private Texts() {}

    /** Null, or the problem with a text that must be stored exactly as it is. */
    static String problem(String name, String text, int maxLength) {
        if (text.length() > maxLength) {
            return name + " has " + text.length() + " characters, at most " + maxLength + " are stored";
        }
        return text.equals(storable(text, maxLength)) ? null : name + " has a NUL or half a surrogate pair";
    }

    /** The text cut to a length, without what cannot be stored. */
    public static String storable(String text, int maxLength) {
        if (text == null) {
            return null;
        }
        StringBuilder storable = new StringBuilder(Math.min(text.length(), maxLength));
        text.codePoints()
                .map(point -> point == 0 || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                        ? REPLACEMENT
                        : point)
                .takeWhile(point -> storable.length() + Character.charCount(point) <= maxLength)
                .forEachOrdered(storable::appendCodePoint);
        return storable.toString();
    }
}
