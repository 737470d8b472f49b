package dev.crmsync.salesforce;

import dev.crmsync.event.NoAttempt;

/** A quota is used up: see {@link FailureClass#LIMIT}. */
public final class LimitFailureException extends SalesforceFailureException implements NoAttempt {

    private static final long serialVersionUID = 1L;

    public LimitFailureException(Failure failure) {
        super(failure);
    }
}
