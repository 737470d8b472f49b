package dev.crmsync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** A step of a route that fails as the event's payload says: {@code {"error": "stack"}}. */
public final class Breaking implements Processor {

    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    @Override
    public void process(Exchange exchange) {
        String id = exchange.getMessage().getHeader("eventId", String.class);
        switch (exchange.getMessage().getBody(JsonNode.class).path("error").asText()) {
            case "stack" -> endless(0);
            case "class" -> throw new NoClassDefFoundError("com/example/Missing");
            case "assertion" -> throw new AssertionError("cannot be");
            case "memory once" -> {
                if (seen.add(id)) {
                    throw new OutOfMemoryError("Java heap space");
                }
            }
            default -> {}
        }
    }

    private static int endless(int depth) {
        return endless(depth + 1) + 1;
    }
}
