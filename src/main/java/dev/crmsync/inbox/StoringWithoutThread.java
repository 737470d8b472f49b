package dev.crmsync.inbox;

import dev.crmsync.event.Event;
import dev.crmsync.event.ExchangeProperties;
import java.util.concurrent.Executor;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.processor.idempotent.IdempotentConsumer;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Spares {@code idempotentConsumer} the thread that it would hold during the commit: Camel asks a repository and waits. Where
 * the repository is the inbox, and the exchange says on which {@link ExchangeProperties#EXECUTOR} it goes on, the event is
 * stored before the EIP asks.
 */
public final class StoringWithoutThread implements InterceptStrategy {

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        Processor step = nextTarget == null ? target : nextTarget;
        return step instanceof IdempotentConsumer consumer
                        && consumer.getIdempotentRepository() instanceof InboxIdempotentRepository repository
                ? new StoreFirst(target, repository)
                : AsyncProcessorConverterHelper.convert(target);
    }

    private static final class StoreFirst extends DelegateAsyncProcessor {

        private final InboxIdempotentRepository repository;

        private StoreFirst(Processor target, InboxIdempotentRepository repository) {
            super(target);
            this.repository = repository;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            Executor executor = exchange.getProperty(ExchangeProperties.EXECUTOR, Executor.class);
            if (executor == null || exchange.getProperty(ExchangeProperties.EVENT, Event.class) == null) {
                return super.process(exchange, callback);
            }
            repository
                    .begin(exchange)
                    .whenComplete((stored, failure) ->
                            executor.execute(() -> super.process(exchange, doneSync -> callback.done(false))));
            return false;
        }
    }
}
