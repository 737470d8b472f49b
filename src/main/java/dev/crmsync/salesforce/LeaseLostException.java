package dev.crmsync.salesforce;

import dev.crmsync.event.NoAttempt;

/** The subject's lease ended before its record could be written: another replica delivers the event. */
public final class LeaseLostException extends Exception implements NoAttempt {

    private static final long serialVersionUID = 1L;

    public LeaseLostException() {
        super("The lease on the subject ended before the write: another replica may have taken over");
    }
}
