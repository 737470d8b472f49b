package dev.crmsync.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Makes a sample an event of its own: a new id, and now as its time or version, so that it counts as the newest. */
final class Freshness {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Clock clock;

    Freshness(Clock clock) {
        this.clock = clock;
    }

    byte[] apply(String source, byte[] sample) throws IOException {
        ObjectNode event = (ObjectNode) JSON.readTree(sample);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String id = UUID.randomUUID().toString().replace("-", "");
        switch (source) {
            case "pivotal" -> event.put("id", "evt_" + id).put("created_at", now.toString());
            case "plain" -> event.put("id", "pEv_" + id).put("timestamp", now.toString());
            default -> {
                if (event.path("metadata") instanceof ObjectNode metadata && metadata.has("version")) {
                    metadata.put("version", now.toEpochMilli());
                }
            }
        }
        return JSON.writeValueAsBytes(event);
    }
}
