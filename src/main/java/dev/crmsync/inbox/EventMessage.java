package dev.crmsync.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crmsync.event.Effects;
import dev.crmsync.event.Event;
import dev.crmsync.event.ExchangeProperties;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** An event as a route gets it: the payload as body, what the envelope says as headers. */
final class EventMessage {

    private static final ObjectMapper JSON = new ObjectMapper();

    private EventMessage() {}

    /** What was sent to Salesforce for the event; nothing without an exchange. */
    static Effects sentBy(Exchange exchange) {
        Effects sent = exchange == null ? null : exchange.getProperty(ExchangeProperties.UPSERTS, Effects.class);
        return sent == null ? new Effects() : sent;
    }

    /** @param known whether an event of the subject has been delivered before */
    static void fill(Exchange exchange, long id, Event event, boolean known) throws JsonProcessingException {
        describe(exchange, id, event, known);
        exchange.getMessage().setBody(JSON.readTree(event.payload()), JsonNode.class);
    }

    /** As {@link #fill}, without the payload: for events that shall go no further. */
    static void describe(Exchange exchange, long id, Event event, boolean known) {
        exchange.setProperty(ExchangeProperties.EVENT, event);
        exchange.setProperty(ExchangeProperties.UPSERTS, new Effects());
        Verdict.expectOn(exchange);
        Message message = exchange.getMessage();
        message.setHeader("inboxId", id);
        message.setHeader("source", event.id().source());
        message.setHeader("eventId", event.id().value());
        message.setHeader("type", event.type());
        message.setHeader("tenant", event.tenant());
        message.setHeader("subject", event.subject());
        message.setHeader("live", event.live());
        message.setHeader("known", known);
        message.setHeader("unreadable", event.unreadable());
        message.setHeader("occurredAt", event.occurredAt().toString());
        message.setHeader(
                "orderedAt", event.orderKey().date().map(Instant::toString).orElse(null));
    }
}
