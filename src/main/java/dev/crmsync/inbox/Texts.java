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
        return isStorable(text) ? null : name + " has a NUL or half a surrogate pair";
    }

    private static boolean isStorable(String text) {
        return text.codePoints().noneMatch(Texts::isUnfit);
    }

    private static boolean isUnfit(int point) {
        return point == 0 || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    /** The text cut to a length, without what cannot be stored. */
    public static String storable(String text, int maxLength) {
        if (text == null) {
            return null;
        }
        StringBuilder storable = new StringBuilder(Math.min(text.length(), maxLength));
        text.codePoints()
                .map(point -> isUnfit(point) ? REPLACEMENT : point)
                .takeWhile(point -> storable.length() + Character.charCount(point) <= maxLength)
                .forEachOrdered(storable::appendCodePoint);
        return storable.toString();
    }
}
