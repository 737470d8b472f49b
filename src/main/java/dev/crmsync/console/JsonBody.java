package dev.crmsync.console;

import dev.crmsync.deadletter.EventFilter;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The JSON object that a program sent; empty when it sent none. */
record JsonBody(JsonObject json) {

    /** @throws ConsoleException when it is something else */
    static JsonBody of(RoutingContext request) {
        String type = request.request().getHeader("Content-Type");
        if (type == null || !type.startsWith("application/json")) {
            throw new ConsoleException(415, "The body must be JSON.");
        }
        try {
            JsonObject body = request.body().asJsonObject();
            return new JsonBody(body == null ? new JsonObject() : body);
        } catch (DecodeException | ClassCastException malformed) {
            throw new ConsoleException(400, "The body is no JSON object.");
        }
    }

    /** A text that must be given. */
    String required(String name) {
        String text = optional(name);
        if (text == null) {
            throw new ConsoleException(400, "Say the " + name + ".");
        }
        return text;
    }

    /** A text, or null. */
    String optional(String name) {
        return json.getValue(name) instanceof String text && !text.isBlank() ? Forms.checked(name, text.strip()) : null;
    }

    /** A JSON object as text, or null. */
    String object(String name) {
        return json.getValue(name) instanceof JsonObject object ? object.encode() : null;
    }

    int number(String name, int otherwise) {
        return json.getValue(name, otherwise) instanceof Number number ? number.intValue() : otherwise;
    }

    /** The member {@code ids}; empty when it is not there. */
    List<Long> ids() {
        return json.getValue("ids", new JsonArray()) instanceof JsonArray ids
                ? ids.stream().map(id -> Forms.number(String.valueOf(id))).toList()
                : List.of();
    }

    /** The member {@code filter}; any event when it is not there. */
    EventFilter filter() {
        Map<String, String> filter = new HashMap<>();
        if (json.getValue("filter") instanceof JsonObject parts) {
            parts.forEach(part -> filter.put(part.getKey(), String.valueOf(part.getValue())));
        }
        return EventFilter.of(filter);
    }
}
