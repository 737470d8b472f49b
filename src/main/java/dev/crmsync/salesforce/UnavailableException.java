package dev.crmsync.salesforce;

/** Salesforce could not be reached, or said that it cannot work now: see {@link FailureClass#UNAVAILABLE}. */
public final class UnavailableException extends SalesforceFailureException {

    private static final long serialVersionUID = 1L;

    public UnavailableException(Failure failure) {
        super(failure);
    }
}
