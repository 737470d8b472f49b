package dev.crmsync.salesforce;

/** A quota is used up: see {@link FailureClass#LIMIT}. */
public final class LimitFailureException extends SalesforceFailureException {

    private static final long serialVersionUID = 1L;

    public LimitFailureException(Failure failure) {
        super(failure);
    }
}
