package dev.crmsync.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.event.ExchangeProperties;
import dev.crmsync.record.Judgement;
import dev.crmsync.record.RecordState;
import dev.crmsync.record.Statement;
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
        SentRecord sent;
        try {
            Upsert upsert = Upsert.of(
                    endpoint.getObject(),
                    endpoint.getKey(),
                    exchange.getMessage().getBody(JsonNode.class),
                    endpoint.isOnlyExisting());
            sent = SentRecord.of(upsert, exchange);
        } catch (RuntimeException | RefusedValueException e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        if (exchange.getProperty(ExchangeProperties.PREVIEW, false, boolean.class)) {
            Statement statement = Submission.statement(exchange, sent.upsert());
            Judgement judgement = foresee(statement, sent.upsert());
            sent.foreseen(judgement, statement);
            exchange.setProperty(
                    ExchangeProperties.UPSERT,
                    (judgement.isSuperseded() ? UpsertResult.Outcome.STALE : UpsertResult.Outcome.UPDATED).label());
            callback.done(true);
            return true;
        }
        new Submission(endpoint, component, exchange, callback, sent).send();
        return false;
    }

    private Judgement foresee(Statement statement, Upsert upsert) {
        return statement == null
                ? Judgement.unordered(upsert.fieldNames(), upsert.placeholders(), RecordState.UNKNOWN)
                : component.judge(upsert, statement);
    }
}
