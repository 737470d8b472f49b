package dev.crmsync.reliability;

import dev.crmsync.event.Event;
import dev.crmsync.event.EventId;
import dev.crmsync.event.OrderKey;
import dev.crmsync.inbox.Received;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A customer's change as the sender knows it. The version orders the changes of one customer and is its whole content,
 * so that every write tells which event made it.
 *
 * @param customer such as {@code cus_7}
 * @param version 1 or more
 */
public record SentEvent(String customer, int version) {

    private static final String TENANT = "org_Rel";
    private static final Instant START = Instant.parse("2026-09-01T00:00:00Z");

    /** The sender's id, the same for every attempt to send it. */
    public String id() {
        return "evt_" + customer + "_" + version;
    }

    /** The external id of the record it changes. */
    public String key() {
        return TENANT + ":" + customer;
    }

    public byte[] body() {
        return """
                {"id":"%s","type":"customer.updated","created_at":"%s","org_id":"%s","livemode":true,"api_version":"v1",
                 "data":{"object":{"id":"%s","display_id":7,"name":"v%d","health_score":%d,"at_risk":false,"churned":false,
                 "owner_email":"owner@vendor.example"}}}
                """.formatted(id(), START.plusSeconds(version), TENANT, customer, version, version % 101)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** As the inbox stores it. */
    public Received received() {
        return new Received(
                new Event(
                        new EventId("pivotal", id()),
                        "customer.updated",
                        TENANT,
                        "customer:" + customer,
                        Event.STATE,
                        OrderKey.of(START.plusSeconds(version)),
                        START.plusSeconds(version),
                        true,
                        new String(body(), StandardCharsets.UTF_8),
                        null),
                null);
    }

    static int versionOf(String name) {
        return Integer.parseInt(name.substring(1));
    }
}
