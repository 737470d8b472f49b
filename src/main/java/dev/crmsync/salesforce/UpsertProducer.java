package dev.crmsync.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.event.ExchangeProperties;
import dev.crmsync.event.Turn;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Parks the exchange, no thread held, until its row has been answered. */
final class UpsertProducer extends DefaultAsyncProducer {

    private final UpsertEndpoint endpoint;
    private final UpsertComponent component;

    UpsertProducer(UpsertEndpoint endpoint, UpsertComponent component) {
        super(endpoint);
        this.endpoint = endpoint;
        this.component = component;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Upsert upsert;
        try {
            boolean withoutParents = exchange.getProperty(ExchangeProperties.WITHOUT_PARENTS, false, boolean.class);
            Upsert mapped = Upsert.of(
                    endpoint.getObject(),
                    endpoint.getKey(),
                    exchange.getMessage().getBody(JsonNode.class),
                    endpoint.isOnlyExisting());
            upsert = withoutParents ? mapped.withoutParents() : mapped;
            SentRecords.of(exchange).add(upsert);
        } catch (RuntimeException e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        if (exchange.getProperty(ExchangeProperties.PREVIEW, false, boolean.class)) {
            exchange.setProperty(ExchangeProperties.UPSERT, UpsertResult.Outcome.UPDATED.label());
            callback.done(true);
            return true;
        }
        component
                .batcher(upsert.object(), upsert.keyField())
                .submit(new PendingUpsert(upsert, turn(exchange), (result, failure) -> {
                    if (failure == null) {
                        exchange.setProperty(
                                ExchangeProperties.UPSERT, result.outcome().label());
                        SentRecords.of(exchange).answered(upsert, result);
                    } else {
                        exchange.setException(failure);
                    }
                    callback.done(false);
                }));
        return false;
    }

    private static Turn turn(Exchange exchange) {
        Turn turn = exchange.getProperty(ExchangeProperties.TURN, Turn.class);
        return turn == null ? Turn.alone() : turn;
    }
}
