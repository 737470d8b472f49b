package dev.crmsync.salesforce;

/** A lock, outage or time-out: see {@link FailureClass#TRANSIENT}. */
public final class TransientFailureException extends SalesforceFailureException {

    private static final long serialVersionUID = 1L;

    public TransientFailureException(Failure failure) {
        super(failure);
    }
}
