package dev.crmsync.salesforce;

import dev.crmsync.event.DeliveryFailure;
import java.util.List;

/**
 * An upsert that Salesforce did not accept. The subclasses are the failure classes, so that {@code onException} in a
 * route can tell them apart. The message has no data of the record.
 */
public abstract sealed class SalesforceFailureException extends Exception implements DeliveryFailure
        permits TransientFailureException,
                UnavailableException,
                MissingParentException,
                LimitFailureException,
                ConfigurationFailureException,
                PermanentFailureException {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    SalesforceFailureException(Failure failure) {
        super(failure.failureClass().label() + ": " + failure.summary());
        this.failure = failure;
    }

    public final Failure getFailure() {
        return failure;
    }

    @Override
    public final String errorClass() {
        return failure.failureClass().label();
    }

    @Override
    public final String errorCode() {
        return failure.code();
    }

    @Override
    public final List<String> errorFields() {
        return failure.fields();
    }

    @Override
    public final String errorText() {
        return failure.message();
    }

    /**
     * The exception of the failure's class.
     *
     * @throws IllegalArgumentException for {@link FailureClass#ALREADY_SO}, which is no failure to its event
     */
    public static SalesforceFailureException of(Failure failure) {
        return switch (failure.failureClass()) {
            case TRANSIENT -> new TransientFailureException(failure);
            case UNAVAILABLE -> new UnavailableException(failure);
            case MISSING_PARENT -> new MissingParentException(failure);
            case LIMIT -> new LimitFailureException(failure);
            case CONFIGURATION -> new ConfigurationFailureException(failure);
            case PERMANENT -> new PermanentFailureException(failure);
            case ALREADY_SO -> throw new IllegalArgumentException("Already so is a success: " + failure.summary());
        };
    }
}
