package dev.crmsync.salesforce;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;

/** What one exchange has sent to Salesforce, for the event's history and its dead letter. */
public final class SentRecords {

    private static final String PROPERTY = "crmSyncSentRecords";

    private final Map<Upsert, UpsertResult> sent = new LinkedHashMap<>();

    private SentRecords() {}

    /** The exchange's own list, empty at first. */
    public static SentRecords of(Exchange exchange) {
        SentRecords records = exchange.getProperty(PROPERTY, SentRecords.class);
        if (records == null) {
            records = new SentRecords();
            exchange.setProperty(PROPERTY, records);
        }
        return records;
    }

    synchronized void add(Upsert upsert) {
        sent.putIfAbsent(upsert, null);
    }

    synchronized void answered(Upsert upsert, UpsertResult result) {
        sent.put(upsert, result);
    }

    public synchronized boolean isEmpty() {
        return sent.isEmpty();
    }

    /**
     * A JSON array with an object for each record in the order of sending: {@code object}, {@code keyField},
     * {@code key}, {@code fields}, and once answered {@code result} and {@code id}.
     */
    public synchronized String toJson() {
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
