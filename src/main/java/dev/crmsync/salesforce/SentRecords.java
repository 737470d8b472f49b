package dev.crmsync.salesforce;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.event.Effect;
import dev.crmsync.event.Effects;
import dev.crmsync.event.ExchangeProperties;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.Exchange;

/** What one exchange has sent to Salesforce, for the event's end, its history and its dead letter. */
final class SentRecords implements Effects {

    private record Answer(UpsertResult result, Set<String> leftOut, Effect effect) {}

    private final Map<Upsert, Answer> sent = new LinkedHashMap<>();

    private SentRecords() {}

    /** The exchange's own list, empty at first. */
    static SentRecords of(Exchange exchange) {
        SentRecords records = exchange.getProperty(ExchangeProperties.UPSERTS, SentRecords.class);
        if (records == null) {
            records = new SentRecords();
            exchange.setProperty(ExchangeProperties.UPSERTS, records);
        }
        return records;
    }

    synchronized void add(Upsert upsert) {
        sent.putIfAbsent(upsert, null);
    }

    /** @param leftOut relations that could not be made */
    synchronized void answered(Upsert upsert, UpsertResult result, Set<String> leftOut, Effect effect) {
        sent.put(upsert, new Answer(result, leftOut, effect));
    }

    @Override
    public synchronized List<Effect> effects() {
        return sent.values().stream()
                .filter(Objects::nonNull)
                .map(Answer::effect)
                .toList();
    }

    /**
     * A JSON array with an object for each record in the order of sending: {@code object}, {@code keyField},
     * {@code key}, {@code fields}, and once answered {@code result}, {@code id} and, if any, {@code leftOut}, the names
     * of the relations that could not be made.
     */
    @Override
    public synchronized String toString() {
        ArrayNode records = JsonNodeFactory.instance.arrayNode();
        sent.forEach((upsert, answer) -> {
            ObjectNode record = records.addObject()
                    .put("object", upsert.object())
                    .put("keyField", upsert.keyField())
                    .put("key", upsert.key());
            record.set("fields", upsert.fields());
            if (answer != null) {
                record.put("result", answer.result().outcome().label())
                        .put("id", answer.result().id());
                if (!answer.leftOut().isEmpty()) {
                    answer.leftOut().forEach(record.putArray("leftOut")::add);
                }
            }
        });
        return records.toString();
    }
}
