package dev.crmsync.salesforce;

import dev.crmsync.event.DeliveryFailure;
import dev.crmsync.event.Effect;
import dev.crmsync.event.Event;
import dev.crmsync.event.EventState;
import dev.crmsync.event.ExchangeProperties;
import dev.crmsync.event.Shortfall;
import dev.crmsync.event.Tracing;
import dev.crmsync.event.Turn;
import dev.crmsync.record.Judgement;
import dev.crmsync.record.Place;
import dev.crmsync.record.Standing;
import dev.crmsync.record.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * One exchange's record on its way. A relation that Salesforce cannot make is left out, so that the record's data is there
 * before the related record is; a relation to the record itself follows when the record exists.
 */
final class Submission {

    /** How long an event waits for a related record before a person is told. */
    private static final Duration PARENT_PATIENCE = Duration.ofDays(1);

    private final UpsertEndpoint endpoint;
    private final UpsertComponent component;
    private final Exchange exchange;
    private final AsyncCallback callback;
    private final SentRecord record;
    private final Upsert mapped;
    private final Set<String> leftOut = new TreeSet<>();
    private final Set<String> toItself = new TreeSet<>();
    private MissingParentException missing;
    private boolean existsByNow;

    Submission(
            UpsertEndpoint endpoint,
            UpsertComponent component,
            Exchange exchange,
            AsyncCallback callback,
            SentRecord record) {
        this.endpoint = endpoint;
        this.component = component;
        this.exchange = exchange;
        this.callback = callback;
        this.record = record;
        this.mapped = record.upsert();
    }

    void send() {
        Upsert upsert = mapped.without(union(leftOut, toItself));
        Tracing.Span span = exchange.getProperty(ExchangeProperties.SPAN, Tracing.Span.NONE, Tracing.Span.class)
                .begin("upsert " + upsert.object());
        component
                .batcher(upsert.object(), upsert.keyField())
                .submit(new PendingUpsert(upsert, statement(exchange, upsert), turn(), span, (result, failure) -> {
                    end(span, result, failure);
                    answered(upsert, result, failure);
                }));
    }

    private void answered(Upsert sent, UpsertResult result, Exception failure) {
        if (failure instanceof MissingParentException parent
                && !sent.relations().isEmpty()) {
            leaveOut(sent, parent);
            send();
        } else if (failure != null && !isDeletedAlready(failure)) {
            exchange.setException(failure);
            callback.done(false);
        } else if (failure == null && result.outcome().isWritten() && !toItself.isEmpty()) {
            existsByNow = true;
            toItself.clear();
            send();
        } else {
            finish(failure == null ? result : new UpsertResult(UpsertResult.Outcome.GONE, null));
        }
    }

    private void leaveOut(Upsert sent, MissingParentException parent) {
        if (parent.isOf(sent) && !existsByNow) {
            toItself.addAll(parent.relationsOf(sent));
        } else {
            leftOut.addAll(parent.relationsOf(sent));
            missing = parent;
        }
    }

    private boolean isDeletedAlready(Exception failure) {
        return ExchangeProperties.isTrue(exchange.getProperty(ExchangeProperties.TOMBSTONE))
                && failure instanceof DeliveryFailure refused
                && refused.errorCode().equals("ENTITY_IS_DELETED");
    }

    private void finish(UpsertResult result) {
        exchange.setProperty(ExchangeProperties.UPSERT, result.outcome().label());
        Judgement judgement = result.judgement();
        record.answered(result, leftOut, effect(result));
        if (judgement != null) {
            record.effects().recall(judgement.recalled());
        }
        callback.done(false);
    }

    private Effect effect(UpsertResult result) {
        return switch (result.outcome()) {
            case CREATED, UPDATED -> leftOut.isEmpty() ? written(result.judgement()) : withoutParents();
            case STALE -> waitsForParents(result) ? withoutParents() : superseded(result.judgement());
            case GONE -> new Effect(EventState.SUPERSEDED, "Salesforce has deleted it already");
            case ABSENT -> absent();
        };
    }

    static Effect written(Judgement judgement) {
        return judgement == null || judgement.lost().isEmpty()
                ? Effect.WRITTEN
                : new Effect(
                        EventState.DELIVERED, "newer already: " + String.join(", ", new TreeSet<>(judgement.lost())));
    }

    /** True when nothing is left to write but the relations that could not be made yet. */
    private boolean waitsForParents(UpsertResult result) {
        return !leftOut.isEmpty()
                && result.judgement() != null
                && result.judgement().isSuperseded();
    }

    private static Effect superseded(Judgement judgement) {
        return new Effect(
                EventState.SUPERSEDED,
                judgement != null && judgement.isSuperseded()
                        ? judgement.reason()
                        : "Salesforce holds something newer");
    }

    /** What the event of an exchange says of a record, or null for what belongs to no event. */
    static Statement statement(Exchange exchange, Upsert upsert) {
        Standing standing = exchange.getProperty(Standing.PROPERTY, Standing.class);
        if (standing == null) {
            return null;
        }
        Statement.Kind kind = ExchangeProperties.isTrue(exchange.getProperty(ExchangeProperties.TOMBSTONE))
                ? Statement.Kind.DELETION
                : ExchangeProperties.isTrue(exchange.getProperty(ExchangeProperties.CREATION))
                        ? Statement.Kind.CREATION
                        : Statement.Kind.STATE;
        Place place =
                isOwn(exchange, upsert) ? standing.place() : standing.place().shared();
        return new Statement(place, kind, upsert.fieldNames(), upsert.placeholders(), standing.earlier());
    }

    /** Whether the record is the one that the event is about. */
    private static boolean isOwn(Exchange exchange, Upsert upsert) {
        Event event = exchange.getProperty(ExchangeProperties.EVENT, Event.class);
        String subject = event.subject().substring(event.subject().indexOf(':') + 1);
        return upsert.key().equals(event.tenant() + ":" + subject);
    }

    private Effect withoutParents() {
        return new Effect(
                EventState.DEAD,
                "PARENT_NEVER_CAME",
                new Shortfall(missing.errorClass(), missing.errorCode(), List.copyOf(leftOut), missing.errorText()),
                PARENT_PATIENCE);
    }

    private Effect absent() {
        String reason = "no such record in Salesforce";
        if (endpoint.getWait() == null) {
            return new Effect(EventState.IGNORED, reason);
        }
        return new Effect(
                EventState.IGNORED,
                reason + " within " + endpoint.getWait(),
                new Shortfall(
                        Effect.MISSING_RECORD,
                        "NO_SUCH_RECORD",
                        List.of(mapped.keyField()),
                        "No " + mapped.object() + " has this " + mapped.keyField() + " yet"),
                endpoint.patience());
    }

    private Turn turn() {
        Turn turn = exchange.getProperty(ExchangeProperties.TURN, Turn.class);
        return turn == null ? Turn.alone() : turn;
    }

    private static void end(Tracing.Span span, UpsertResult result, Exception failure) {
        span.tag("outcome", result == null ? null : result.outcome().label());
        if (failure == null) {
            span.end(null);
        } else {
            span.end(
                    failure instanceof DeliveryFailure known
                            ? known.errorCode()
                            : failure.getClass().getSimpleName());
        }
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }
}
