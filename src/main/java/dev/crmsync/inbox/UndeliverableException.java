package dev.crmsync.inbox;

import dev.crmsync.event.DeliveryFailure;
import java.util.List;

/** An event that the inbox itself cannot hand to its route, or that the route did not survive: it needs a person. */
final class UndeliverableException extends Exception implements DeliveryFailure {

    private static final long serialVersionUID = 1;

    private final String code;

    /**
     * @param code under which the dead letter is filed, such as {@code DATED_AHEAD}
     * @param message what a person should read: value, limit, and what can be done
     */
    UndeliverableException(String code, String message) {
        super(message);
        this.code = code;
    }

    @Override
    public String errorClass() {
        return "delivery";
    }

    @Override
    public String errorCode() {
        return code;
    }

    @Override
    public List<String> errorFields() {
        return List.of();
    }

    @Override
    public String errorText() {
        return getMessage();
    }
}
