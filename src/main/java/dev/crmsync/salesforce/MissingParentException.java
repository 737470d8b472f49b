package dev.crmsync.salesforce;

/** The related record is not there yet: see {@link FailureClass#MISSING_PARENT}. */
public final class MissingParentException extends SalesforceFailureException {

    private static final long serialVersionUID = 1L;

    public MissingParentException(Failure failure) {
        super(failure);
    }
}
