package dev.crmsync.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What a throwable means that ended a delivery and that no route has dealt with. */
final class Breakdown {

    private static final int MOST_CAUSES = 20;

    private Breakdown() {}

    /** True when memory ran out: it is others as well that use it up, so it may be there next time. */
    static boolean isOutOfMemory(Throwable thrown) {
        return error(thrown).filter(OutOfMemoryError.class::isInstance).isPresent();
    }

    /** What a person must look at, since it would be the same next time; empty for what the process may get over. */
    static Optional<DeadEventException> lasting(Throwable thrown) {
        if (thrown instanceof DeadEventException known) {
            return Optional.of(known);
        }
        if (thrown instanceof JsonProcessingException noJson) {
            return Optional.of(DeadEventException.ofDelivery(
                    "PAYLOAD_IS_NO_JSON", "The stored payload cannot be parsed: " + noJson.getOriginalMessage()));
        }
        return error(thrown)
                .map(error -> DeadEventException.ofDelivery(
                        error.getClass().getSimpleName(), "The delivery ended with " + error));
    }

    private static Optional<Error> error(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .limit(MOST_CAUSES)
                .filter(Error.class::isInstance)
                .map(Error.class::cast)
                .findFirst();
    }
}
