package dev.crmsync.sandbox.org;

import java.util.List;

/**
 * What became of one row.
 *
 * @param id of the record; null when it could not be written
 * @param created whether the row made a new record, or would have
 */
public record SaveResult(String id, boolean created, List<ApiError> errors) {
    public SaveResult {
        errors = List.copyOf(errors);
    }

    static SaveResult saved(String id, boolean created) {
        return new SaveResult(id, created, List.of());
    }

    public static SaveResult failed(ApiError error, boolean created) {
        return new SaveResult(null, created, List.of(error));
    }

    public boolean success() {
        return errors.isEmpty();
    }
}
