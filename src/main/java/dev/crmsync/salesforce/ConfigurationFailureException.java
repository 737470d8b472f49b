package dev.crmsync.salesforce;

/** Login or set-up is at fault: see {@link FailureClass#CONFIGURATION}. */
public final class ConfigurationFailureException extends SalesforceFailureException {

    private static final long serialVersionUID = 1L;

    public ConfigurationFailureException(Failure failure) {
        super(failure);
    }
}
