package dev.crmsync.sandbox.org;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * One error as clients see it.
 *
 * @param code error code, not limited to {@link ErrorCode} because faults may use any
 * @param fields API names of the fields at fault
 * @param more further members of the JSON object, such as {@code duplicateResult}
 */
public record ApiError(String code, String message, List<String> fields, Map<String, JsonNode> more) {
    public ApiError {
        fields = List.copyOf(fields);
        more = Map.copyOf(more);
    }

    public static ApiError of(ErrorCode code, String message, String... fields) {
        return new ApiError(code.name(), message, List.of(fields), Map.of());
    }

    public static ApiError of(ErrorCode code) {
        return of(code, code.text());
    }
}
