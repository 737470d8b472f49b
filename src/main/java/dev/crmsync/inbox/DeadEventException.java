package dev.crmsync.inbox;

import dev.crmsync.event.DeliveryFailure;
import java.util.List;

/** Why an event is dead where no exception of its route says so. */
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

    /**
     * For what no route has dealt with.
     *
     * @param code under which the dead letter is filed, such as {@code DATED_AHEAD}
     * @param message what a person should read: value, limit, and what can be done
     */
    static DeadEventException ofDelivery(String code, String message) {
        return new DeadEventException("delivery", code, List.of(), message);
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
