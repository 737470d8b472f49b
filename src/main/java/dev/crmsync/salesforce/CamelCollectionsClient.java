package dev.crmsync.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.component.salesforce.api.dto.UpsertSObjectResult;

/** The calls by way of camel-salesforce, with the checks that its answers need. */
final class CamelCollectionsClient implements CollectionsClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SalesforceCalls calls;

    CamelCollectionsClient(SalesforceCalls calls) {
        this.calls = calls;
    }

    @Override
    public void upsert(
            String object,
            String keyField,
            List<ObjectNode> records,
            BooleanSupplier mayStill,
            BiConsumer<List<RowResult>, Failure> answer) {
        String uri = "salesforce:compositeUpsertSObjectCollections?allOrNone=false&sObjectName=" + object
                + "&sObjectIdName=" + keyField;
        calls.send(uri, records, keyField, mayStill, (exchange, failure) -> {
            if (failure != null) {
                answer.accept(null, failure);
            } else {
                readRows(exchange, records.size(), keyField, answer);
            }
        });
    }

    /**
     * An unreadable answer to the collections call is no exception: the body is null, or still the records that were
     * sent. A cut one is too short.
     */
    private static void readRows(
            Exchange exchange, int expected, String keyField, BiConsumer<List<RowResult>, Failure> answer) {
        if (!(exchange.getMessage().getBody() instanceof List<?> rows)
                || rows.size() != expected
                || !rows.stream().allMatch(UpsertSObjectResult.class::isInstance)) {
            answer.accept(
                    null,
                    unreadable("Salesforce accepted the call, but its answer does not hold " + expected + " rows"));
            return;
        }
        List<RowResult> results = new ArrayList<>(expected);
        for (Object row : rows) {
            results.add(read((UpsertSObjectResult) row, keyField));
        }
        answer.accept(results, null);
    }

    private static RowResult read(UpsertSObjectResult row, String keyField) {
        if (!Boolean.TRUE.equals(row.getSuccess())) {
            return RowResult.refused(Failures.ofRow(row.getErrors() == null ? List.of() : row.getErrors(), keyField));
        }
        boolean created = Boolean.TRUE.equals(row.getCreated());
        return RowResult.ok(
                new UpsertResult(created ? UpsertResult.Outcome.CREATED : UpsertResult.Outcome.UPDATED, row.getId()));
    }

    @Override
    public void existingKeys(
            String object, String keyField, Collection<String> keys, BiConsumer<Set<String>, Failure> answer) {
        String soql = "SELECT " + keyField + " FROM " + object + " WHERE " + keyField + " IN ("
                + keys.stream().map(Soql::quoted).collect(Collectors.joining(", ")) + ")";
        calls.send("salesforce:query?rawPayload=true", soql, keyField, () -> true, (exchange, failure) -> {
            if (failure != null) {
                answer.accept(null, failure);
                return;
            }
            Set<String> found = keys(exchange, keyField);
            if (found == null) {
                answer.accept(null, unreadable("Salesforce's answer to the query does not hold all keys found"));
            } else {
                answer.accept(found, null);
            }
        });
    }

    /** Null where the answer may lack some: what is not among the keys is taken to be absent. */
    private static Set<String> keys(Exchange exchange, String keyField) {
        try (InputStream body = exchange.getMessage().getBody(InputStream.class)) {
            JsonNode answer = JSON.readTree(body);
            if (!answer.path("done").asBoolean(false) || !answer.path("records").isArray()) {
                return null;
            }
            Set<String> found = new HashSet<>();
            for (JsonNode record : answer.path("records")) {
                found.add(record.path(keyField).textValue());
            }
            return found.size() < answer.path("totalSize").asInt() ? null : found;
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    private static Failure unreadable(String message) {
        return new Failure(FailureClass.UNAVAILABLE, Failure.UNREADABLE_ANSWER, 200, List.of(), message);
    }
}
