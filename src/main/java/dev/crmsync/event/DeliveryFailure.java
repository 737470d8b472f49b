package dev.crmsync.event;

import java.util.List;
import java.util.Optional;

/** What every exception says that ends an attempt to deliver an event, for its history and its dead letter. */
public interface DeliveryFailure {

    /** How it failed, such as {@code permanent}. */
    String errorClass();

    /** The other side's error code, such as {@code STRING_TOO_LONG}. */
    String errorCode();

    /** The fields it complains about, possibly none. */
    List<String> errorFields();

    /** The other side's text; it may quote personal data, so it is stored but never logged. */
    String errorText();

    /** What was thrown, or the cause of it, whichever says how delivery failed; empty when there is none. */
    static Optional<DeliveryFailure> in(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof DeliveryFailure failure) {
                return Optional.of(failure);
            }
        }
        return Optional.empty();
    }

    /**
     * How delivery failed, whatever was thrown: where neither it nor a cause of it says so, its root cause is the failure.
     *
     * @param errorClass of what does not say its own
     */
    static DeliveryFailure of(Throwable thrown, String errorClass) {
        return in(thrown).orElseGet(() -> {
            Throwable root = thrown;
            while (root.getCause() != null && root.getCause() != root) {
                root = root.getCause();
            }
            return new Shortfall(errorClass, root.getClass().getSimpleName(), List.of(), root.getMessage());
        });
    }
}
