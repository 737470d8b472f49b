package dev.crmsync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** An event of a source's documented shape, with members removed, nulled, blanked or of another type. */
record DistortedEvent(String source, String type, ObjectNode body) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** What names the record that an event is about. */
    private static final Set<String> OWN_IDS = Set.of("id", "customerNumber", "customerId", "companyRegistrationId");

    /** What names others: a wrong but usable value would make the event wait for a record that nobody sends. */
    private static final Set<String> FOREIGN_IDS =
            Set.of("customer_id", "onboarding_id", "org_id", "workspaceId", "tenant");

    /** One place in a body that can be distorted. */
    private record Place(String name, JsonNode value, Runnable remove, Consumer<JsonNode> set) {}

    /**
     * A sample, with up to three of its members distorted.
     *
     * @param number stands in all its own ids, so that no other event has one of them
     */
    static DistortedEvent of(int number, Random random) {
        String name = Samples.names().get(random.nextInt(Samples.names().size()));
        DistortedEvent event = clean(name);
        event.makeOwn("d" + number, event.body());
        for (int i = random.nextInt(4); i > 0; i--) {
            List<Place> places = new ArrayList<>();
            addPlaces(event.body(), places);
            if (!places.isEmpty()) {
                distort(places.get(random.nextInt(places.size())), number, random);
            }
        }
        return event;
    }

    /** The sample as it stands, such as {@code pivotal/customer.created}. */
    static DistortedEvent clean(String sample) {
        int slash = sample.indexOf('/');
        String source = sample.substring(0, slash);
        String type = sample.substring(slash + 1);
        try {
            byte[] body = Samples.find(source, type).orElseThrow();
            return new DistortedEvent(source, type, (ObjectNode) JSON.readTree(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Sent send(TestSender sender) {
        return sender.send(source, type, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void makeOwn(String id, JsonNode node) {
        if (node instanceof ObjectNode object) {
            OWN_IDS.stream()
                    .filter(name -> object.path(name).isTextual())
                    .forEach(name -> object.put(name, (node == body ? "root-" : "") + id));
        }
        node.forEach(child -> makeOwn(id, child));
        if (source.equals("emporix") && node == body) {
            Stream.of("id", "customerNumber", "customerId").filter(body::has).forEach(name -> body.put(name, id));
        }
    }

    private static void addPlaces(JsonNode node, List<Place> places) {
        if (node instanceof ObjectNode object) {
            for (var member : List.copyOf(object.properties())) {
                String name = member.getKey();
                // Plain's verifier reads it before anything else does
                if (!name.equals("webhookMetadata")) {
                    places.add(new Place(
                            name, member.getValue(), () -> object.remove(name), value -> object.set(name, value)));
                    addPlaces(member.getValue(), places);
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                places.add(new Place("", array.get(i), () -> array.remove(index), value -> array.set(index, value)));
                addPlaces(array.get(i), places);
            }
        }
    }

    private static void distort(Place place, int number, Random random) {
        boolean foreign = FOREIGN_IDS.contains(place.name());
        List<JsonNode> values = new ArrayList<>(List.of(
                NODES.nullNode(),
                NODES.textNode(""),
                NODES.textNode(" \u00a0"),
                NODES.textNode("null"),
                NODES.textNode("-"),
                NODES.numberNode(1.5),
                NODES.booleanNode(true),
                NODES.booleanNode(false),
                NODES.textNode("x".repeat(200) + number),
                NODES.objectNode(),
                NODES.objectNode().set("id", place.value()),
                NODES.arrayNode(),
                NODES.arrayNode().add(place.value())));
        if (!foreign) {
            values.add(NODES.textNode("perhaps " + number));
            values.add(NODES.numberNode(number));
        }
        if (!foreign && !OWN_IDS.contains(place.name())) {
            values.add(NODES.numberNode(0));
            values.add(NODES.textNode("n/a"));
            values.add(NODES.textNode("true"));
        }
        int choice = random.nextInt(values.size() + 3);
        if (choice < values.size()) {
            place.set().accept(values.get(choice).deepCopy());
        } else {
            place.remove().run();
        }
    }
}
