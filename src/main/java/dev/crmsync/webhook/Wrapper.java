package dev.crmsync.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Stream;

/** An object of exactly two members, one that names the event's type and one that holds the event. */
record Wrapper(String type, JsonNode content) {

    static Optional<Wrapper> around(JsonNode json) {
        Optional<JsonNode> type = member(json, "type", "eventType").filter(JsonNode::isTextual);
        Optional<JsonNode> content = member(json, "payload", "data").filter(JsonNode::isObject);
        return json.size() == 2 && type.isPresent() && content.isPresent()
                ? Optional.of(new Wrapper(type.get().textValue(), content.get()))
                : Optional.empty();
    }

    private static Optional<JsonNode> member(JsonNode json, String... names) {
        return Stream.of(names).filter(json::has).findFirst().map(json::get);
    }
}
