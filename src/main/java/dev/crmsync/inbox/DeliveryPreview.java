package dev.crmsync.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.crmsync.event.EditRule;
import dev.crmsync.event.Effect;
import dev.crmsync.event.Event;
import dev.crmsync.event.EventState;
import dev.crmsync.event.ExchangeProperties;
import dev.crmsync.record.Standing;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Route;

/**
 * Tells what a replay would do now: what the mapping gives, and which fields of it newer events have left to it. The source's
 * own route runs, marked as {@value ExchangeProperties#PREVIEW}, so that nothing is sent or stored.
 */
public final class DeliveryPreview {

    /**
     * What would become of an event.
     *
     * @param outcome {@code upsert}, {@code superseded}, {@code ignored}, {@code dead}, {@code refused} for a payload that the
     *     event may not take, or {@code unknown}
     * @param reason why, or what of it would not be written; or null
     * @param records what would be sent and what is newer already, a JSON array laid out in lines; or null
     */
    public record Result(String outcome, String reason, String records) {}

    private static final String SUBJECT = """
            select id, applied, delivered_before, kept, adopted from subject where source = ? and tenant = ? and subject = ?
            """;

    private static final JsonMapper JSON = new JsonMapper();

    private record Subject(long id, AppliedKeys adopted, boolean known) {

        static final Subject NEW = new Subject(0, AppliedKeys.NONE, false);
    }

    private final CamelContext context;
    private final Database database;
    private final EditRule edits;
    private final Clock clock;

    public DeliveryPreview(CamelContext context, Database database, EditRule edits, Clock clock) {
        this.context = context;
        this.database = database;
        this.edits = edits;
        this.clock = clock;
    }

    /**
     * @param stored the event
     * @param payload the payload to map, JSON text: its own or an edited one
     */
    public Result of(StoredEvent stored, String payload) {
        if (!stored.hasPayload()) {
            return new Result("unknown", "retention has removed its payload", null);
        }
        Event event = DatedAhead.asReceived(stored.event(), stored.receivedAt());
        Optional<String> refusal = payload.equals(event.payload()) ? Optional.empty() : edits.refusal(event, payload);
        return refusal.map(reason -> new Result("refused", reason, null))
                .orElseGet(() -> of(stored.id(), event.withPayload(payload)));
    }

    private Result of(long id, Event event) {
        Subject subject = subject(event);
        return route(event.id().source())
                .map(route -> run(route, id, event, subject))
                .orElseGet(() -> new Result("unknown", "no route takes events of this source", null));
    }

    private Subject subject(Event event) {
        return database
                .reading(session -> session.query(
                        SUBJECT,
                        row -> new Subject(row.getLong(1), AppliedKeys.adopted(row), row.getBoolean(3)),
                        event.id().source(),
                        event.tenant(),
                        event.subject()))
                .stream()
                .findFirst()
                .orElse(Subject.NEW);
    }

    private Optional<Route> route(String source) {
        return context.getRoutes().stream()
                .filter(route ->
                        route.getEndpoint() instanceof InboxEndpoint endpoint && source.equals(endpoint.source()))
                .findFirst();
    }

    private Result run(Route route, long id, Event event, Subject subject) {
        Exchange exchange = route.getEndpoint().createExchange();
        try {
            EventMessage.fill(exchange, id, event, subject.known());
            exchange.setProperty(Standing.PROPERTY, StandingOf.event(event, id, subject.id(), subject.adopted()));
            exchange.setProperty(ExchangeProperties.PREVIEW, true);
            new DeliveryStep(clock.instant(), clock.instant()).putOn(exchange);
            route.getProcessor().process(exchange);
        } catch (JsonProcessingException e) {
            return new Result(EventState.DEAD.label(), "the payload is no JSON", null);
        } catch (Exception e) {
            exchange.setException(e);
        }
        return readNow(exchange, event).map(read -> of(id, read)).orElseGet(() -> result(exchange));
    }

    /** The event that an unreadable one turned out to be, unless the inbox has it already. */
    private static Optional<Event> readNow(Exchange exchange, Event before) {
        Event now = exchange.getProperty(ExchangeProperties.EVENT, Event.class);
        boolean known = exchange.getProperty(Exchange.DUPLICATE_MESSAGE, false, boolean.class);
        return Optional.of(now).filter(read -> before.unreadable() != null && read.unreadable() == null && !known);
    }

    private static Result result(Exchange exchange) {
        Message message = exchange.getMessage();
        String records = pretty(EventMessage.sentBy(exchange).toJson());
        Verdict verdict = Verdict.on(exchange);
        if (message.getHeader("errorCode") != null) {
            String text = message.getHeader("message", String.class);
            return new Result(
                    EventState.DEAD.label(),
                    message.getHeader("errorCode") + (text == null ? "" : ": " + text),
                    records);
        }
        if (exchange.getException() != null) {
            return new Result(EventState.DEAD.label(), exchange.getException().getMessage(), records);
        }
        if (verdict != null) {
            return new Result(verdict.state().label(), verdict.reason(), records);
        }
        List<Effect> effects = EventMessage.sentBy(exchange).answered();
        if (!effects.isEmpty() && effects.stream().allMatch(effect -> effect.end() == EventState.SUPERSEDED)) {
            return new Result(EventState.SUPERSEDED.label(), effects.get(0).reason(), records);
        }
        return records == null
                ? new Result(EventState.DEAD.label(), "NOTHING_WRITTEN: the route writes no record for it", null)
                : new Result("upsert", remarks(effects), records);
    }

    /** What would not be written. */
    private static String remarks(List<Effect> effects) {
        String remarks = effects.stream()
                .map(Effect::reason)
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining("; "));
        return remarks.isEmpty() ? null : remarks;
    }

    private static String pretty(String records) {
        if (records == null) {
            return null;
        }
        try {
            JsonNode tree = JSON.readTree(records);
            return tree.isEmpty() ? null : tree.toPrettyString();
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
