package dev.crmsync.salesforce;

import dev.crmsync.event.DeliveryFailure;
import java.util.List;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** A mapping cannot use what the event has in one place. The message names the place and quotes no data. */
final class RefusedValueException extends JsonQueryException implements DeliveryFailure {

    /** The code of a value that cannot be a key, or a part of one. */
    static final String INCOMPLETE_KEY = "INCOMPLETE_KEY";

    /** The code of a value that is neither true nor false. */
    static final String NOT_A_FLAG = "NOT_A_FLAG";

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String place;

    /**
     * @param place the member of the event, such as {@code .data.object.id}, or the field of the record
     * @param fault what is wrong with it, such as {@code is blank}
     */
    RefusedValueException(String code, String place, String fault) {
        super(place + " " + fault);
        this.code = code;
        this.place = place;
    }

    @Override
    public String errorClass() {
        return "mapping";
    }

    @Override
    public String errorCode() {
        return code;
    }

    @Override
    public List<String> errorFields() {
        return List.of(place);
    }

    @Override
    public String errorText() {
        return getOriginalMessage();
    }
}
