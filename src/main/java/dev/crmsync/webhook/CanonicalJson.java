package dev.crmsync.webhook;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * JSON in the form in which JavaScript's {@code JSON.stringify} writes it, the members of every object sorted by name in
 * UTF-16 order: no white space, {@code 1.50} as {@code 1.5}, {@code /} and non-ASCII as they are. Emporix documents its
 * signatures that way.
 *
 * <p>Two texts with the same form hold the same values: what is verified is what is used. There is no form for what is
 * {@linkplain StrictJson not unambiguous JSON}, and for numbers that JavaScript would change, such as {@code 1e400} into
 * {@code null}.
 *
 * <p>Strangers may have it made of anything, so it takes one pass over the tokens and one over what that has written,
 * whatever the nesting: all values go into one text without the names and braces of objects, and for each object it is
 * noted where its members are, to be put together in order.
 *
 * @see <a href="https://tc39.es/ecma262/#sec-serializejsonproperty">ECMAScript, SerializeJSONProperty</a>
 * @see <a href="https://tc39.es/ecma262/#sec-numeric-types-number-tostring">ECMAScript, Number::toString</a>
 */
final class CanonicalJson {

    private final JsonParser parser;
    private final CanonicalText values;
    private final CanonicalText out;
    private final List<Members> objects = new ArrayList<>();

    /** Members of the objects that have not ended, the innermost last. */
    private final List<Member> open = new ArrayList<>();

    private CanonicalJson(JsonParser parser, int length) {
        this.parser = parser;
        this.values = new CanonicalText(length);
        this.out = new CanonicalText(length);
    }

    /** The canonical form of the JSON, in UTF-8; empty when it has none. */
    static Optional<byte[]> of(byte[] json) {
        try {
            return Optional.of(StrictJson.read(json, parser -> new CanonicalJson(parser, json.length).form()));
        } catch (UnreadableException e) {
            return Optional.empty();
        }
    }

    private byte[] form() throws IOException {
        write(readValue());
        return out.toBytes();
    }

    private Part readValue() throws IOException {
        int start = values.size();
        int firstObject = objects.size();
        switch (parser.currentToken()) {
            case START_OBJECT -> readObject();
            case START_ARRAY -> readArray();
            case VALUE_STRING ->
                values.string(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> values.ascii(number());
            default -> values.ascii(parser.getText());
        }
        return new Part(start, values.size(), firstObject, objects.size());
    }

    private void readObject() throws IOException {
        int start = values.size();
        int index = objects.size();
        objects.add(null);
        int first = open.size();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            open.add(new Member(name, readValue()));
        }
        List<Member> own = open.subList(first, open.size());
        Member[] members = own.toArray(new Member[0]);
        own.clear();
        sort(members);
        objects.set(index, new Members(members, new Part(start, values.size(), index, objects.size())));
    }

    private void sort(Member[] members) throws IOException {
        Arrays.sort(members, Comparator.comparing(Member::name));
        for (int i = 1; i < members.length; i++) {
            if (members[i].name.equals(members[i - 1].name)) {
                throw StrictJson.memberTwice(parser);
            }
        }
    }

    private void readArray() throws IOException {
        char separator = '[';
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.ascii(separator);
            readValue();
            separator = ',';
        }
        values.ascii(separator == '[' ? "[]" : "]");
    }

    private String number() throws IOException {
        String number = CanonicalNumber.of(parser.getText());
        if (number == null) {
            throw new StreamConstraintsException("A number is another one in JavaScript", parser.currentLocation());
        }
        return number;
    }

    private void write(Part part) {
        int written = part.start;
        for (int i = part.firstObject; i < part.nextObject; ) {
            Members object = objects.get(i);
            out.append(values, written, object.part.start);
            writeObject(object.sorted);
            written = object.part.end;
            i = object.part.nextObject;
        }
        out.append(values, written, part.end);
    }

    private void writeObject(Member[] members) {
        char separator = '{';
        for (Member member : members) {
            out.ascii(separator);
            char[] name = member.name.toCharArray();
            out.string(name, 0, name.length);
            out.ascii(':');
            write(member.value);
            separator = ',';
        }
        out.ascii(separator == '{' ? "{}" : "}");
    }

    /** Values from start to end, with the objects whose numbers are from first to before next. */
    private record Part(int start, int end, int firstObject, int nextObject) {}

    private record Member(String name, Part value) {}

    /** The members of one object, and what of the values they take up. */
    private record Members(Member[] sorted, Part part) {}
}
