package dev.crmsync.webhook;

import java.nio.CharBuffer;
import java.util.Optional;

/**
 * JSON in the form in which JavaScript's {@code JSON.stringify} writes it, the members of every object sorted by name in
 * UTF-16 order: no white space, {@code 1.50} as {@code 1.5}, {@code /} and non-ASCII as they are. Emporix documents its
 * signatures that way.
 *
 * <p>Two texts with the same form hold the same values: what is verified is what is used. There is no form for what is
 * {@linkplain StrictJson not unambiguous JSON}, for numbers that JavaScript would change, such as {@code 1e400} into
 * {@code null}, and for more than {@value #VALUES_OF_ANY_TEXT} values that take less than {@value #BYTES_OF_A_VALUE}
 * bytes each.
 *
 * <p>Strangers may have it made of anything, so it takes one pass over the text and one over what that has written,
 * whatever the nesting, and no object for any value: all values go into one text without the names and braces of
 * objects, and for each object it is noted where its members are, to be put together in order.
 *
 * @see <a href="https://tc39.es/ecma262/#sec-serializejsonproperty">ECMAScript, SerializeJSONProperty</a>
 * @see <a href="https://tc39.es/ecma262/#sec-numeric-types-number-tostring">ECMAScript, Number::toString</a>
 */
final class CanonicalJson {

    /** Of a member: where its name is in the text. Of an object: which rows its members are. Up to before the second. */
    private static final int FROM = 0;

    private static final int TO = 1;

    /** What of the values a member or an object takes up, and which objects are in there. */
    private static final int START = 2;

    private static final int END = 3;
    private static final int FIRST_OBJECT = 4;
    private static final int NEXT_OBJECT = 5;
    private static final int COLUMNS = 6;

    /**
     * A longer text may have one more value for each so many bytes. A customer with all addresses has one in 20; a text of
     * nothing but small objects takes ten times as long for each byte as other texts do.
     */
    static final int BYTES_OF_A_VALUE = 16;

    /** So many values any text may have. */
    static final int VALUES_OF_ANY_TEXT = 2_000;

    private final JsonCursor cursor;
    private final char[] text;
    private final CanonicalNumber number = new CanonicalNumber();
    private final CanonicalText values;
    private final CanonicalText out;
    private final IntTable objects = new IntTable(COLUMNS);
    private final IntTable members = new IntTable(COLUMNS);

    /** Members of the objects that have not ended, the innermost last. */
    private final IntTable open = new IntTable(COLUMNS);

    private final NameOrder order;
    private final int maxValues;
    private int count;

    private CanonicalJson(CharBuffer json, int length) {
        this.maxValues = Math.min(BoundedParser.MAX_VALUES, VALUES_OF_ANY_TEXT + length / BYTES_OF_A_VALUE);
        this.text = json.array();
        this.cursor = new JsonCursor(text, json.limit());
        this.values = new CanonicalText(length);
        this.out = new CanonicalText(length);
        this.order = new NameOrder(text, open);
    }

    /** The canonical form of the JSON, in UTF-8; empty when it has none. */
    static Optional<byte[]> of(byte[] json) {
        CharBuffer text = Utf8.chars(json);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CanonicalJson(text, json.length).form());
        } catch (UnreadableException e) {
            return Optional.empty();
        }
    }

    private byte[] form() throws UnreadableException {
        readValue(0);
        require(cursor.isAtEnd());
        write(0, values.size(), 0, objects.rows());
        return out.toBytes();
    }

    private void readValue(int depth) throws UnreadableException {
        require(++count <= maxValues);
        switch (cursor.next()) {
            case '{' -> readObject(depth + 1);
            case '[' -> readArray(depth + 1);
            case '"' -> {
                cursor.string();
                values.string(text, cursor.start(), cursor.end());
            }
            case 't' -> readLiteral("true");
            case 'f' -> readLiteral("false");
            case 'n' -> readLiteral("null");
            default -> readNumber();
        }
    }

    private void readObject(int depth) throws UnreadableException {
        require(depth <= BoundedParser.MAX_DEPTH);
        int object = objects.add();
        objects.set(object, START, values.size());
        int first = open.rows();
        if (!cursor.skip('}')) {
            do {
                readMember(depth);
                require(open.rows() - first <= BoundedParser.MAX_MEMBERS);
            } while (cursor.skip(','));
            require(cursor.next() == '}');
        }
        objects.set(object, END, values.size());
        objects.set(object, NEXT_OBJECT, objects.rows());
        sort(object, first);
    }

    private void readMember(int depth) throws UnreadableException {
        require(cursor.next() == '"');
        cursor.string();
        int name = cursor.start();
        int nameEnd = cursor.end();
        require(nameEnd - name <= BoundedParser.MAX_NAME && cursor.next() == ':');
        int start = values.size();
        int object = objects.rows();
        readValue(depth);
        int member = open.add();
        open.set(member, FROM, name);
        open.set(member, TO, nameEnd);
        open.set(member, START, start);
        open.set(member, END, values.size());
        open.set(member, FIRST_OBJECT, object);
        open.set(member, NEXT_OBJECT, objects.rows());
    }

    /** Moves the open members from the first on to where the object has them, in order. */
    private void sort(int object, int first) throws UnreadableException {
        objects.set(object, FROM, members.rows());
        int[] sorted = order.from(first);
        for (int i = 0; i < open.rows() - first; i++) {
            members.addFrom(open, sorted[i]);
        }
        objects.set(object, TO, members.rows());
        open.cutTo(first);
    }

    private void readArray(int depth) throws UnreadableException {
        require(depth <= BoundedParser.MAX_DEPTH);
        values.ascii('[');
        if (!cursor.skip(']')) {
            readValue(depth);
            while (cursor.skip(',')) {
                values.ascii(',');
                readValue(depth);
            }
            require(cursor.next() == ']');
        }
        values.ascii(']');
    }

    private void readLiteral(String literal) throws UnreadableException {
        cursor.literal(literal);
        values.ascii(literal);
    }

    private void readNumber() throws UnreadableException {
        cursor.number();
        require(cursor.end() - cursor.start() <= BoundedParser.MAX_NUMBER
                && number.read(text, cursor.start(), cursor.end()));
        number.writeTo(values);
    }

    private void write(int start, int end, int firstObject, int nextObject) {
        int written = start;
        for (int i = firstObject; i < nextObject; i = objects.get(i, NEXT_OBJECT)) {
            out.append(values, written, objects.get(i, START));
            writeObject(i);
            written = objects.get(i, END);
        }
        out.append(values, written, end);
    }

    private void writeObject(int object) {
        out.ascii('{');
        int first = objects.get(object, FROM);
        for (int i = first; i < objects.get(object, TO); i++) {
            if (i > first) {
                out.ascii(',');
            }
            out.string(text, members.get(i, FROM), members.get(i, TO));
            out.ascii(':');
            write(
                    members.get(i, START),
                    members.get(i, END),
                    members.get(i, FIRST_OBJECT),
                    members.get(i, NEXT_OBJECT));
        }
        out.ascii('}');
    }

    private static void require(boolean met) throws UnreadableException {
        if (!met) {
            throw new UnreadableException("The body has no canonical form");
        }
    }
}
