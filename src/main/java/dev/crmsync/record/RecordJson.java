package dev.crmsync.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.event.OrderKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A {@link RecordState} as text: {@code {"held": [[place, placeholder, floors, fields], …], "deleted": place, "created":
 * [place, …], "outpaced": [place, …], "open": place}}, a place being {@code [key, arrival, subject]}. What is empty is left out. Fields of one
 * holder are grouped, since few events hold a record.
 */
public final class RecordJson {

    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RecordJson() {}

    public static String write(RecordState state) {
        ObjectNode json = NODES.objectNode();
        Map<Holding, TreeSet<String>> groups = new HashMap<>();
        state.holdings()
                .forEach((field, holding) ->
                        groups.computeIfAbsent(holding, any -> new TreeSet<>()).add(field));
        if (!groups.isEmpty()) {
            ArrayNode held = json.putArray("held");
            groups.forEach((holding, fields) -> {
                ArrayNode group = held.addArray().add(place(holding.place()));
                group.add(holding.placeholder() ? 1 : 0).add(places(holding.floors()));
                fields.forEach(group.addArray()::add);
            });
        }
        if (state.lives().deletion() != null) {
            json.set("deleted", place(state.lives().deletion()));
        }
        if (state.open() != null) {
            json.set("open", place(state.open()));
        }
        put(json, "created", state.lives().creations());
        put(json, "outpaced", state.outpaced());
        return json.toString();
    }

    /** @throws IllegalStateException for a text that {@link #write} has not written */
    public static RecordState read(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            Map<String, Holding> holdings = new TreeMap<>();
            for (JsonNode group : json.path("held")) {
                Holding holding = new Holding(place(group.get(0)), group.get(1).intValue() == 1, places(group.get(2)));
                group.get(3).forEach(field -> holdings.put(field.textValue(), holding));
            }
            Place deletion = json.has("deleted") ? place(json.get("deleted")) : null;
            Place open = json.has("open") ? place(json.get("open")) : null;
            return new RecordState(
                    holdings, new Lives(deletion, places(json.path("created"))), places(json.path("outpaced")), open);
        } catch (JsonProcessingException | RuntimeException e) {
            throw new IllegalStateException("The state of a record cannot be read: " + text, e);
        }
    }

    private static void put(ObjectNode json, String name, List<Place> places) {
        if (!places.isEmpty()) {
            json.set(name, places(places));
        }
    }

    private static ArrayNode places(List<Place> places) {
        ArrayNode array = NODES.arrayNode();
        places.forEach(place -> array.add(place(place)));
        return array;
    }

    private static ArrayNode place(Place place) {
        return NODES.arrayNode().add(place.key().value()).add(place.arrival()).add(place.subject());
    }

    private static List<Place> places(JsonNode array) {
        List<Place> places = new ArrayList<>();
        array.forEach(place -> places.add(place(place)));
        return places;
    }

    private static Place place(JsonNode json) {
        return new Place(
                new OrderKey(json.get(0).textValue()),
                json.get(1).longValue(),
                json.get(2).longValue());
    }
}
