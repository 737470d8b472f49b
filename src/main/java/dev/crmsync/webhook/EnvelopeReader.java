package dev.crmsync.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.crmsync.event.Event;
import dev.crmsync.event.EventId;
import dev.crmsync.event.ExchangeProperties;
import dev.crmsync.event.OrderKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The second step of a receiving route: makes an {@link Event} of a verified body and leaves it in the exchange property
 * {@value ExchangeProperties#EVENT}, and its id in {@value ExchangeProperties#EVENT_ID}. The body becomes the JSON without secrets, as text. Where each field of the event is found is said by jq
 * expressions, one property each; besides the body they can use
 *
 * <ul>
 *   <li>{@code header("…")}: the headers that the verifier let pass,
 *   <li>{@code message_created_at(…)}: see {@link EnvelopeFunctions},
 *   <li>{@code property("body-sha256")}: the hash of the bytes as they came, hexadecimal,
 *   <li>{@code property("wrapper-type")}: the type in the wrapper, if there was one (see {@link #setUnwrap}),
 *   <li>{@code property("dropped-members")}: the comma-separated names of the top-level secrets that were dropped.
 * </ul>
 *
 * <p>A body that cannot become an event is no error to its sender, who could only send it again: it becomes an event of
 * type {@value Event#UNREADABLE}, which says why, and keeps what the expressions saw. As a step of a route that delivers such
 * an event, the reader tries again: what it can read now replaces the exchange property {@value ExchangeProperties#EVENT}.
 */
public final class EnvelopeReader extends ServiceSupport implements Processor, CamelContextAware {

    /** The exchange property that holds the SHA-256 of the bytes as they came, hexadecimal. */
    public static final String BODY_SHA256 = "body-sha256";

    /** The exchange property that holds the type in the wrapper. */
    public static final String WRAPPER_TYPE = "wrapper-type";

    /** The exchange property that holds the comma-separated names of the top-level members that were dropped. */
    public static final String DROPPED = "dropped-members";

    /** The exchange property that is true for one of {@link OwnSamples}. */
    static final String SAMPLE = "own-sample";

    private static final String DEFAULT_TENANT = "default";

    private final Map<String, String> expressions = new LinkedHashMap<>();
    private CamelContext camelContext;
    private Clock clock;
    private OwnSamples samples;
    private String source;
    private boolean unwrap;
    private Redaction redaction = new Redaction(List.of());
    private Envelope envelope;

    @Override
    public void process(Exchange exchange) {
        Event delivered = exchange.getProperty(ExchangeProperties.EVENT, Event.class);
        Event event = delivered == null ? received(exchange) : readAgain(exchange, delivered);
        exchange.setProperty(ExchangeProperties.EVENT, event);
        exchange.setProperty(ExchangeProperties.EVENT_ID, event.id().toString());
    }

    private Event received(Exchange exchange) {
        byte[] raw = raw(exchange.getMessage());
        String hash = Sha256.hex(raw);
        exchange.setProperty(BODY_SHA256, hash);
        if (samples != null && samples.isOne(hash)) {
            exchange.setProperty(SAMPLE, true);
        }
        JsonNode json = null;
        try {
            JsonNode sent = StrictJson.parse(raw);
            json = kept(exchange, sent);
            exchange.getMessage().setBody(json);
            String payload = json == sent ? Utf8.lenient(raw) : Payload.text(json);
            Event event = readable(exchange, payload, clock.instant());
            // as text, since a tree takes up many times as much while the exchange waits for the commit
            exchange.getMessage().setBody(event.payload());
            return event;
        } catch (UnreadableException e) {
            JsonNode readable = json == null ? TextNode.valueOf(redaction.apply(Utf8.lenient(raw))) : json;
            Event event = unreadable(exchange, readable, e.getMessage());
            exchange.getMessage().setBody(event.payload());
            return event;
        }
    }

    /** An event that no key opens is no message to read. */
    private Event readAgain(Exchange exchange, Event delivered) {
        if (!Event.UNREADABLE.equals(delivered.type())) {
            return delivered;
        }
        UnreadMessage message = UnreadMessage.ofPayload(exchange.getMessage().getBody(JsonNode.class));
        Exchange again = message.exchange(camelContext);
        try {
            JsonNode json = kept(again, StrictJson.parse(message.bytes()));
            again.getMessage().setBody(json);
            return readable(again, Payload.text(json), delivered.occurredAt());
        } catch (UnreadableException e) {
            return delivered.withUnreadable(e.getMessage());
        }
    }

    /** What of the body is kept: the same object when that is all. */
    private JsonNode kept(Exchange exchange, JsonNode json) throws UnreadableException {
        if (!json.isObject()) {
            throw new UnreadableException(
                    "The body is a JSON " + json.getNodeType().name().toLowerCase(Locale.ROOT) + ", must be an object");
        }
        boolean unwrapped = exchange.getProperty(WRAPPER_TYPE) != null;
        Optional<Wrapper> wrapper = unwrap && !unwrapped ? Wrapper.around(json) : Optional.empty();
        wrapper.ifPresent(around -> exchange.setProperty(WRAPPER_TYPE, around.type()));
        JsonNode content = wrapper.map(Wrapper::content).orElse(json);
        JsonNode kept = redaction.apply(content);
        String droppedBefore = exchange.getProperty(DROPPED, "", String.class);
        exchange.setProperty(
                DROPPED,
                Stream.concat(Stream.of(droppedBefore), namesMissing(content, kept))
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.joining(",")));
        return kept;
    }

    private static Stream<String> namesMissing(JsonNode before, JsonNode after) {
        return before.properties().stream().map(Map.Entry::getKey).filter(name -> !after.has(name));
    }

    private Event readable(Exchange exchange, String payload, Instant received) throws UnreadableException {
        EnvelopeValues values = envelope.of(exchange);
        Optional<String> reason = values.text("unreadable");
        if (reason.isPresent()) {
            throw new UnreadableException(reason.get());
        }
        return new Event(
                new EventId(source, values.required("id")),
                values.required("type"),
                values.text("tenant").orElse(DEFAULT_TENANT),
                subject(values),
                values.text("aspect").orElse(Event.STATE),
                values.orderKey("orderKey"),
                values.instant("occurredAt").orElse(received),
                values.flag("live").orElse(true) && !exchange.getProperty(SAMPLE, false, boolean.class),
                payload,
                null);
    }

    /** In jq {@code "customer:" + null} is a text: a subject that would unite all that have no id. */
    private static String subject(EnvelopeValues values) throws UnreadableException {
        String subject = values.required("subject");
        if (subject.stripTrailing().endsWith(":")) {
            throw new UnreadableException("The subject has a kind, but no id");
        }
        return subject;
    }

    boolean reads(String otherSource) {
        return source.equals(otherSource);
    }

    /** What another payload of that event would be about. */
    SameSubject.Concern concern(Event event, String payload) throws UnreadableException {
        Exchange exchange = new DefaultExchange(camelContext);
        exchange.getMessage().setHeader(Verifier.EVENT_TYPE, event.type());
        exchange.getMessage().setHeader(SvixVerifier.ID, event.id().value());
        exchange.getMessage().setBody(StrictJson.parse(Utf8.bytes(payload)));
        EnvelopeValues values = envelope.of(exchange);
        return new SameSubject.Concern(values.text("tenant").orElse(DEFAULT_TENANT), subject(values));
    }

    private Event unreadable(Exchange exchange, JsonNode kept, String reason) {
        String id = "unreadable:"
                + Stream.of(SvixVerifier.ID, HmacVerifier.CONTENT)
                        .map(name -> exchange.getMessage().getHeader(name, String.class))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseGet(() -> exchange.getProperty(BODY_SHA256, String.class));
        Instant now = clock.instant();
        return new Event(
                new EventId(source, id.length() > EventId.MAX_LENGTH ? "unreadable:" + Sha256.hex(Utf8.bytes(id)) : id),
                Event.UNREADABLE,
                DEFAULT_TENANT,
                id,
                Event.STATE,
                OrderKey.NONE,
                now,
                true,
                Payload.text(UnreadMessage.of(exchange, kept).payload()),
                reason);
    }

    private static byte[] raw(Message message) {
        if (message.getBody() instanceof byte[] bytes) {
            return bytes;
        }
        throw new IllegalStateException("The envelope is read from the bytes that a verifier let pass: make a verifier"
                + " the step before the envelope reader");
    }

    @Override
    protected void doInit() {
        if (source == null || source.isBlank()) {
            throw new IllegalArgumentException("Property 'source' of EnvelopeReader is missing: set it on the bean");
        }
        for (String field : List.of("id", "type", "subject")) {
            if (!expressions.containsKey(field)) {
                throw new IllegalArgumentException("Property '" + field + "' of EnvelopeReader for '" + source
                        + "' is missing: set it to a jq expression");
            }
        }
        samples = camelContext.getRegistry().findSingleByType(OwnSamples.class);
        if (clock == null) {
            clock = Clocks.of(camelContext);
        }
        envelope = new Envelope(camelContext, source, expressions);
    }

    /** The sender's name, such as {@code pivotal}. */
    public void setSource(String source) {
        this.source = source;
    }

    /** The sender's name. */
    public String source() {
        return source;
    }

    /** jq for the sender's id of the event, the same over retries and replays: required, 1 to 256 characters. */
    public void setId(String jq) {
        expressions.put("id", jq);
    }

    /** jq for what happened, such as {@code customer.updated}: required. */
    public void setType(String jq) {
        expressions.put("type", jq);
    }

    /** jq for the workspace inside the source; {@value #DEFAULT_TENANT} when it yields null. */
    public void setTenant(String jq) {
        expressions.put("tenant", jq);
    }

    /** jq for what the event is about, such as {@code customer:cus_2N}: required, and not without an id after the colon. */
    public void setSubject(String jq) {
        expressions.put("subject", jq);
    }

    /** jq for the part of the subject that it is about, see {@link Event#aspect()}; {@value Event#STATE} when it yields null. */
    public void setAspect(String jq) {
        expressions.put("aspect", jq);
    }

    /** jq for what {@link OrderKey#of(JsonNode)} takes; null is no order. */
    public void setOrderKey(String jq) {
        expressions.put("orderKey", jq);
    }

    /** jq for the time at which it happened, an ISO 8601 instant; the time of receipt when it yields null. */
    public void setOccurredAt(String jq) {
        expressions.put("occurredAt", jq);
    }

    /** jq that yields false for events made with test keys; true when it yields null. {@link OwnSamples} are never live. */
    public void setLive(String jq) {
        expressions.put("live", jq);
    }

    /** jq that yields null, or in words why this body must not become an event. */
    public void setUnreadable(String jq) {
        expressions.put("unreadable", jq);
    }

    /** Whether to take the object out of {@code {"type" or "eventType": …, "payload" or "data": {…}}}. */
    public void setUnwrap(boolean unwrap) {
        this.unwrap = unwrap;
    }

    /** Further members to drop, comma-separated, {@code *} for any characters; see {@link Redaction}. */
    public void setRedact(String names) {
        this.redaction = new Redaction(Arrays.stream(names.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList());
    }

    /** The clock, by default the one in the registry, else the system's. */
    public void setClock(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }
}
