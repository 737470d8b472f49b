package dev.crmsync.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.event.DeliveryFailure;
import dev.crmsync.event.ExchangeProperties;
import dev.crmsync.event.Tracing;
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
        } catch (RuntimeException | RefusedValueException e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        if (exchange.getProperty(ExchangeProperties.PREVIEW, false, boolean.class)) {
            exchange.setProperty(ExchangeProperties.UPSERT, UpsertResult.Outcome.UPDATED.label());
            callback.done(true);
            return true;
        }
        Tracing.Span span = exchange.getProperty(ExchangeProperties.SPAN, Tracing.Span.NONE, Tracing.Span.class)
                .begin("upsert " + upsert.object());
        component
                .batcher(upsert.object(), upsert.keyField())
                .submit(new PendingUpsert(upsert, turn(exchange), span, (result, failure) -> {
                    end(span, result, failure);
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

    private static Turn turn(Exchange exchange) {
        Turn turn = exchange.getProperty(ExchangeProperties.TURN, Turn.class);
        return turn == null ? Turn.alone() : turn;
    }
}
