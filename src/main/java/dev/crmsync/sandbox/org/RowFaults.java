package dev.crmsync.sandbox.org;

import java.util.Optional;

/** Scripted failures of single rows. */
@FunctionalInterface
public interface RowFaults {
    /** Nothing fails unless by its own fault. */
    RowFaults NONE = (object, key) -> Optional.empty();

    /**
     * The error that the next row of this object fails with, if any.
     *
     * @param key its external id value or record id; empty when it has neither
     */
    Optional<ApiException> next(String object, String key);
}
