package dev.crmsync.salesforce;

/** This record will never be accepted as it is: see {@link FailureClass#PERMANENT}. */
public final class PermanentFailureException extends SalesforceFailureException {

    private static final long serialVersionUID = 1L;

    public PermanentFailureException(Failure failure) {
        super(failure);
    }
}
