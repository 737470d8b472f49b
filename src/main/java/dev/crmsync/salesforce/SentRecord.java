package dev.crmsync.salesforce;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.event.Effect;
import dev.crmsync.event.Effects;
import dev.crmsync.event.EventState;
import dev.crmsync.event.ExchangeProperties;
import dev.crmsync.record.Judgement;
import dev.crmsync.record.Place;
import dev.crmsync.record.Statement;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Exchange;

/**
 * Writes down, for the event's end, its history and its dead letter, what becomes of a record: an object with
 * {@code object}, {@code keyField}, {@code key}, {@code fields}, and once answered {@code result}, {@code id} and, if any,
 * {@code leftOut}, the names of the relations that could not be made, and {@code newer}, those of the fields that were not
 * written since newer events have spoken about them. Where it is only foreseen, {@code fields} are those that would be written,
 * {@code ifAbsent} names those of them that only a new record gets, and {@code newerBy} says for each of the {@code newer} which
 * {@code event} that is, by its inbox number, and its {@code order} in words.
 */
record SentRecord(Upsert upsert, Effects effects) {

    static SentRecord of(Upsert upsert, Exchange exchange) {
        Effects effects = exchange.getProperty(ExchangeProperties.UPSERTS, Effects.class);
        if (effects == null) {
            effects = new Effects();
            exchange.setProperty(ExchangeProperties.UPSERTS, effects);
        }
        SentRecord sent = new SentRecord(upsert, effects);
        effects.note(upsert, sent.json().toString(), null);
        return sent;
    }

    void answered(UpsertResult result, Set<String> leftOut, Effect effect) {
        ObjectNode json = json().put("result", result.outcome().label()).put("id", result.id());
        if (!leftOut.isEmpty()) {
            leftOut.forEach(json.putArray("leftOut")::add);
        }
        if (result.judgement() != null) {
            putNewer(json, result.judgement());
        }
        effects.note(upsert, json.toString(), effect);
    }

    /**
     * Where nothing is sent: what would be.
     *
     * @param statement what was judged, or null for what belongs to no event
     */
    void foreseen(Judgement judgement, Statement statement) {
        ObjectNode json = json();
        json.set("fields", upsert.fields().deepCopy().retain(judgement.won()));
        if (!judgement.ifAbsent().isEmpty()) {
            new TreeSet<>(judgement.ifAbsent()).forEach(json.putArray("ifAbsent")::add);
        }
        putNewer(json, judgement);
        if (!judgement.lost().isEmpty()) {
            ObjectNode newerBy = json.putObject("newerBy");
            for (String field : new TreeSet<>(judgement.lost())) {
                NewerEvent.of(field, judgement, statement).ifPresent(place -> put(newerBy.putObject(field), place));
            }
        }
        Effect effect = judgement.isSuperseded()
                ? new Effect(EventState.SUPERSEDED, judgement.reason())
                : Submission.written(judgement);
        effects.note(upsert, json.toString(), effect);
    }

    private static void put(ObjectNode json, Place newer) {
        if (newer.arrival() > 0) {
            json.put("event", newer.arrival());
        }
        json.put("order", newer.key().inWords());
    }

    private static void putNewer(ObjectNode json, Judgement judgement) {
        if (!judgement.lost().isEmpty()) {
            new TreeSet<>(judgement.lost()).forEach(json.putArray("newer")::add);
        }
    }

    private ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("object", upsert.object())
                .put("keyField", upsert.keyField())
                .put("key", upsert.key())
                .set("fields", upsert.fields());
    }
}
