package dev.crmsync.salesforce;

import dev.crmsync.event.NoAttempt;

/** Nothing was sent, since all delivery is paused. */
public final class DeliveryPausedException extends Exception implements NoAttempt {

    private static final long serialVersionUID = 1L;

    public DeliveryPausedException() {
        super("Delivery is paused");
    }
}
