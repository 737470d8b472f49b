package dev.crmsync.inbox;

/**
 * Roughly what a JSON text holds of the heap while it is delivered: the text, and the tree that Jackson makes of it, which
 * may be fifty times as large. Told by the characters that make up the structure; those inside of strings count too, so it
 * is rather too much than too little. The figures are those of a 64-bit machine with compressed references.
 */
final class ParsedSize {

    /** A node, its map, and the map's first table. */
    private static final int OBJECT = 160;

    /** A node, its list, and the list's first array. */
    private static final int ARRAY = 104;

    /** A member: its entry, its name, and its value. */
    private static final int MEMBER = 136;

    private static final int ELEMENT = 56;

    private ParsedSize() {}

    /** In bytes. */
    static long of(String json) {
        long bytes = 2L * json.length();
        for (int i = 0; i < json.length(); i++) {
            bytes += switch (json.charAt(i)) {
                case '{' -> OBJECT;
                case '[' -> ARRAY;
                case ':' -> MEMBER;
                case ',' -> ELEMENT;
                default -> 0;
            };
        }
        return bytes;
    }
}
