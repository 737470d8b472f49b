package dev.crmsync.salesforce;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.event.ExchangeProperties;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;

/** What one exchange has sent to Salesforce, for the event's history and its dead letter. */
final class SentRecords {

    private final Map<Upsert, UpsertResult> sent = new LinkedHashMap<>();

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

    synchronized void answered(Upsert upsert, UpsertResult result) {
        sent.put(upsert, result);
    }

    /**
     * A JSON array with an object for each record in the order of sending: {@code object}, {@code keyField},
     * {@code key}, {@code fields}, and once answered {@code result} and {@code id}.
     */
    @Override
    public synchronized String toString() {
        ArrayNode records = JsonNodeFactory.instance.arrayNode();
        sent.forEach((upsert, result) -> {
            ObjectNode record = records.addObject()
                    .put("object", upsert.object())
                    .put("keyField", upsert.keyField())
                    .put("key", upsert.key());
            record.set("fields", upsert.fields());
            if (result != null) {
                record.put("result", result.outcome().label()).put("id", result.id());
            }
        });
        return records.toString();
    }
}
