package dev.crmsync.salesforce;

import dev.crmsync.event.NoAttempt;

/** Salesforce could not be reached, or said that it cannot work now: see {@link FailureClass#UNAVAILABLE}. */
public final class UnavailableException extends SalesforceFailureException implements NoAttempt {

    private static final long serialVersionUID = 1L;

    public UnavailableException(Failure failure) {
        super(failure);
    }
}
