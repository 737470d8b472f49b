package dev.crmsync.inbox;

import dev.crmsync.event.DeliveryFailure;
import java.util.List;

/** What makes an event a dead letter where no exception did. */
final class DeadEventException extends Exception implements DeliveryFailure {

    private static final long serialVersionUID = 1L;

    private final String errorClass;
    private final String errorCode;
    private final transient List<String> errorFields;

    DeadEventException(String errorClass, String errorCode, List<String> errorFields, String errorText) {
        super(errorText);
        this.errorClass = errorClass;
        this.errorCode = errorCode;
        this.errorFields = errorFields;
    }

    DeadEventException(FailedAttempt failure) {
        this(failure.errorClass(), failure.errorCode(), List.of(), failure.message());
    }

    @Override
    public String errorClass() {
        return errorClass;
    }

    @Override
    public String errorCode() {
        return errorCode;
    }

    @Override
    public List<String> errorFields() {
        return errorFields;
    }

    @Override
    public String errorText() {
        return getMessage();
    }
}
