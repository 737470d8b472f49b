package dev.crmsync.webhook;

import java.util.Arrays;

/**
 * The members of an object in UTF-16 order of their names, at a cost that grows with what the names take up, however
 * they are chosen: past what all of them start with, the next three characters of each become a number, the numbers
 * are sorted, and so are in turn those names that have these characters in common.
 */
final class NameOrder {

    /** For the place of a name among up to {@link BoundedParser#MAX_MEMBERS}. */
    private static final int PLACE_BITS = 10;

    private static final int PLACE = (1 << PLACE_BITS) - 1;

    private static final int KEY_CHARACTERS = 3;

    /** One more than a character has, for names that have ended, which come first. */
    private static final int CHARACTER_BITS = 17;

    private static final int CHARACTER = (1 << CHARACTER_BITS) - 1;

    private final char[] text;
    private final IntTable names;
    private long[] keys = {};
    private int[] order = {};
    private int[] before = {};

    /** @param names rows that begin with the start and the end of a name in the text */
    NameOrder(char[] text, IntTable names) {
        this.text = text;
        this.names = names;
    }

    /**
     * The rows from the first to the last, by name; at least so many, in an array that is used again.
     *
     * @throws UnreadableException when a name is there twice
     */
    int[] from(int first) throws UnreadableException {
        int count = names.rows() - first;
        if (count > order.length) {
            int capacity = Math.max(count, 2 * order.length);
            keys = new long[capacity];
            order = new int[capacity];
            before = new int[capacity];
        }
        for (int i = 0; i < count; i++) {
            order[i] = first + i;
        }
        if (count > 1) {
            sort(0, count, 0);
        }
        return order;
    }

    /** Names that have the characters before {@code start} in common. */
    private void sort(int from, int to, int start) throws UnreadableException {
        int different = start + common(from, to, start);
        for (int i = from; i < to; i++) {
            before[i] = order[i];
            keys[i] = key(order[i], different) << PLACE_BITS | i;
        }
        Arrays.sort(keys, from, to);
        for (int i = from; i < to; i++) {
            order[i] = before[(int) keys[i] & PLACE];
        }
        int next;
        for (int same = from; same < to; same = next) {
            long key = keys[same] >> PLACE_BITS;
            next = same + 1;
            while (next < to && keys[next] >> PLACE_BITS == key) {
                next++;
            }
            if (next > same + 1) {
                if ((key & CHARACTER) == 0) {
                    throw new UnreadableException("The body names a member twice");
                }
                sort(same, next, different + KEY_CHARACTERS);
            }
        }
    }

    private int common(int from, int to, int start) {
        int first = names.get(order[from], 0) + start;
        int common = names.get(order[from], 1) - first;
        for (int i = from + 1; i < to && common > 0; i++) {
            int other = names.get(order[i], 0) + start;
            common = Math.min(common, names.get(order[i], 1) - other);
            int different = Arrays.mismatch(text, first, first + common, text, other, other + common);
            common = different < 0 ? common : different;
        }
        return common;
    }

    private long key(int name, int start) {
        int at = names.get(name, 0) + start;
        int end = names.get(name, 1);
        long key = 0;
        for (int i = 0; i < KEY_CHARACTERS; i++, at++) {
            key = key << CHARACTER_BITS | (at < end ? text[at] + 1 : 0);
        }
        return key;
    }
}
