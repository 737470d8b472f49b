package dev.crmsync.salesforce;

/** Nothing was sent, since delivery is paused. */
public final class DeliveryPausedException extends Exception {

    private static final long serialVersionUID = 1L;

    public DeliveryPausedException(String scope) {
        super("Delivery of " + scope + " is paused");
    }
}
