package dev.crmsync.observe;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Names the event and the route in each line that is logged while a step works on an exchange, on whichever thread the
 * exchange goes on after it has waited.
 *
 * <p>camel-mdc 4.18 does not serve here: it names the route that the exchange began in instead of the one at work, leaves
 * its values on the thread of a step that goes on elsewhere, and keeps what to restore after a log line in a field that
 * all threads share.
 */
public final class LogContext implements InterceptStrategy {

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        return new Step(target);
    }

    private static final class Step extends DelegateAsyncProcessor {

        private Step(Processor target) {
            super(target);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            LogFields before = LogFields.put(exchange);
            try {
                return super.process(exchange, doneSync -> goOn(exchange, callback, doneSync));
            } finally {
                before.restore();
            }
        }

        /** A step that has waited ends on a thread that knows nothing of the exchange. */
        private static void goOn(Exchange exchange, AsyncCallback callback, boolean doneSync) {
            if (doneSync) {
                callback.done(true);
                return;
            }
            LogFields before = LogFields.put(exchange);
            try {
                callback.done(false);
            } finally {
                before.restore();
            }
        }
    }
}
