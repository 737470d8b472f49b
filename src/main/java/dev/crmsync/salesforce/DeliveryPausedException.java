package dev.crmsync.salesforce;

/** Nothing was sent, since all delivery is paused. */
public final class DeliveryPausedException extends Exception {

    private static final long serialVersionUID = 1L;

    public DeliveryPausedException() {
        super("Delivery is paused");
    }
}
