package dev.crmsync.inbox;

import dev.crmsync.event.DeliveryFailure;
import dev.crmsync.event.Effect;
import java.util.List;

/** What makes an event a dead letter although no step of its route has failed. */
final class DeadEventException extends Exception implements DeliveryFailure {

    private static final long serialVersionUID = 1L;

    private final transient Effect end;

    DeadEventException(Effect end) {
        super(end.missing().errorClass() + ": " + end.reason());
        this.end = end;
    }

    @Override
    public String errorClass() {
        return end.missing().errorClass();
    }

    @Override
    public String errorCode() {
        return end.reason();
    }

    @Override
    public List<String> errorFields() {
        return end.missing().errorFields();
    }

    @Override
    public String errorText() {
        return end.missing().errorText();
    }
}
