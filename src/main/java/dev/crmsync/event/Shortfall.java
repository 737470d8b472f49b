package dev.crmsync.event;

import java.util.List;

/** A delivery failure that no exception carries. */
public record Shortfall(String errorClass, String errorCode, List<String> errorFields, String errorText)
        implements DeliveryFailure {

    public Shortfall {
        errorFields = List.copyOf(errorFields);
    }
}
