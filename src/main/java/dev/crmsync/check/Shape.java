package dev.crmsync.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What a part of a mapping can come out as, as far as that is known without an event. */
sealed interface Shape {

    /** Whatever the source sent, of any length. */
    record FromSource() implements Shape {}

    /** A null that the source sent. */
    record NullFromSource() implements Shape {}

    /** A text that crm-sync itself gives, such as {@code header("occurredAt")}. */
    record FromEnvelope() implements Shape {}

    /** Nothing: the field is left. */
    record Absent() implements Shape {}

    /** A value that stands in the mapping. */
    record Constant(JsonNode value) implements Shape {}

    /** A text put together from others, of at most so many characters. */
    record Text(int longest) implements Shape {

        static final Text UNBOUNDED = new Text(Integer.MAX_VALUE);

        Text plus(int more) {
            return longest > Integer.MAX_VALUE - more ? UNBOUNDED : new Text(longest + more);
        }
    }

    /** A key with tenant and id, as {@code key} and {@code ref} make it. */
    record Key() implements Shape {}

    /** True or false. */
    record Flag() implements Shape {}

    /** A number. */
    record Number() implements Shape {}

    /** An array. */
    record Items() implements Shape {}

    /** An object; {@code complete} is false when it may have more members than are known. */
    record Members(Map<String, Set<Shape>> values, boolean complete) implements Shape {

        public Members {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        /** The two as jq's {@code +} joins them: what the other one has wins. */
        Members plus(Members other) {
            Map<String, Set<Shape>> joined = new LinkedHashMap<>(values);
            joined.putAll(other.values);
            return new Members(joined, complete && other.complete);
        }

        /** Either of the two: what only one of them has may be absent. */
        Members or(Members other) {
            Map<String, Set<Shape>> either = new LinkedHashMap<>();
            Set<String> names = new LinkedHashSet<>(values.keySet());
            names.addAll(other.values.keySet());
            for (String name : names) {
                Set<Shape> shapes = new LinkedHashSet<>(values.getOrDefault(name, Set.of(new Absent())));
                shapes.addAll(other.values.getOrDefault(name, Set.of(new Absent())));
                either.put(name, shapes);
            }
            return new Members(either, complete && other.complete);
        }
    }
}
