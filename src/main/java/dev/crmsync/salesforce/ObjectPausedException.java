package dev.crmsync.salesforce;

import dev.crmsync.event.NoAttempt;

/** Nothing was sent, since delivery of this object is paused; other objects go on. */
public final class ObjectPausedException extends Exception implements NoAttempt {

    private static final long serialVersionUID = 1L;

    public ObjectPausedException(String object) {
        super("Delivery of " + object + " is paused");
    }
}
