package dev.crmsync.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Makes JSON trees for property tests. */
final class JsonTrees {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonTrees() {}

    /** Trees of some levels, with these member names and leaves. */
    static Arbitrary<JsonNode> of(Arbitrary<String> names, Arbitrary<JsonNode> leaves) {
        return Arbitraries.recursive(() -> leaves, inner -> grown(names, inner), 1, 3);
    }

    static Arbitrary<JsonNode> leaves() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(8).map(NODES::textNode),
                Arbitraries.integers().map(NODES::numberNode),
                Arbitraries.doubles().map(NODES::numberNode),
                Arbitraries.of(true, false).map(NODES::booleanNode),
                Arbitraries.just(NODES.nullNode()));
    }

    private static Arbitrary<JsonNode> grown(Arbitrary<String> names, Arbitrary<JsonNode> inner) {
        Arbitrary<JsonNode> objects =
                Arbitraries.maps(names, inner).ofMaxSize(4).map(JsonTrees::object);
        Arbitrary<JsonNode> arrays =
                inner.list().ofMaxSize(3).map(elements -> NODES.arrayNode().addAll(elements));
        return Arbitraries.oneOf(objects, arrays, inner);
    }

    private static JsonNode object(Map<String, JsonNode> members) {
        ObjectNode object = NODES.objectNode();
        members.forEach(object::set);
        return object;
    }
}
