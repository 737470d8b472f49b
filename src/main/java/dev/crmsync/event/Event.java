package dev.crmsync.event;

import java.time.Instant;

/**
 * One verified webhook, as its source's envelope describes it, before it is stored.
 *
 * @param id the sender's id
 * @param type the sender's name of what happened, such as {@code customer.updated}
 * @param tenant the workspace, organisation or shop inside the source, part of every Salesforce key
 * @param subject what the event is about, such as {@code customer:cus_2N}: the unit of ordering
 * @param aspect which part of the subject it is about, {@value #STATE} unless the envelope says otherwise: of several events
 *     that wait for a missing record, the newest of each aspect goes on waiting; it orders nothing else but for processes
 *     of the release before the ledger
 * @param orderKey its place among the events that speak about the same records
 * @param occurredAt when it happened at the sender, or the time of receipt where the sender does not say
 * @param live false for events made with a source's test keys
 * @param payload the body without secrets, JSON text
 * @param unreadable why the body could not be understood, or null: such an event ends as a dead letter
 */
public record Event(
        EventId id,
        String type,
        String tenant,
        String subject,
        String aspect,
        OrderKey orderKey,
        Instant occurredAt,
        boolean live,
        String payload,
        String unreadable) {

    /** The aspect of events that carry the subject's whole state. */
    public static final String STATE = "state";

    /** The type of an authentic body that is no event. */
    public static final String UNREADABLE = "unreadable";

    public Event {
        if (id == null || orderKey == null || occurredAt == null || payload == null) {
            throw new IllegalArgumentException("An event needs id, order key, time and payload, was: " + id);
        }
        Require.text("event type of " + id, type);
        Require.text("tenant of " + id, tenant);
        Require.text("subject of " + id, subject);
        Require.text("aspect of " + id, aspect);
    }

    /** The same event with another payload. */
    public Event withPayload(String other) {
        return new Event(id, type, tenant, subject, aspect, orderKey, occurredAt, live, other, unreadable);
    }

    /** The same event with another place among those that speak about the same records. */
    public Event withOrderKey(OrderKey other) {
        return new Event(id, type, tenant, subject, aspect, other, occurredAt, live, payload, unreadable);
    }

    /** The same event, unreadable for this reason. */
    public Event withUnreadable(String reason) {
        return new Event(id, type, tenant, subject, aspect, orderKey, occurredAt, live, payload, reason);
    }
}
