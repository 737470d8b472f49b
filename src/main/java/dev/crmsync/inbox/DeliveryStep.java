package dev.crmsync.inbox;

import java.time.Instant;
import org.apache.camel.Exchange;

/**
 * Since when the event of an exchange is pending, and when this attempt began.
 *
 * @param pendingSince when it was received, or last replayed
 * @param startedAt when this attempt began
 */
record DeliveryStep(Instant pendingSince, Instant startedAt) {

    private static final String PROPERTY = "deliveryStep";

    void putOn(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    /** @throws IllegalStateException when the exchange did not come from an inbox consumer */
    static DeliveryStep of(Exchange exchange) {
        DeliveryStep step = exchange.getProperty(PROPERTY, DeliveryStep.class);
        if (step == null) {
            throw new IllegalStateException("Only an event that came from inbox:<source> can be sent to an inbox");
        }
        return step;
    }
}
