package dev.crmsync.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The key of a record, {@code <tenant>:<id>}. A tenant has no colon, so that two pairs of tenant and id never make one
 * key. Our external id fields tell upper from lower case and hold {@value Upsert#MAX_KEY_LENGTH} characters.
 */
final class SourceKey {

    private static final char SEPARATOR = ':';

    private SourceKey() {}

    /** What is wrong with that tenant as a part of keys; empty when nothing is. */
    static Optional<String> faultOfTenant(String tenant) {
        if (tenant == null) {
            return Optional.of("is missing");
        }
        return tenant.indexOf(SEPARATOR) >= 0
                ? Optional.of("has a colon, which ends the tenant in a key")
                : SourceId.fault(tenant);
    }

    /** What keeps the two from being a key; empty when nothing does. */
    static Optional<String> faultOfId(String tenant, JsonNode id) {
        return SourceId.fault(id).or(() -> faultOfLength(of(tenant, id)));
    }

    static String of(String tenant, JsonNode id) {
        return tenant + SEPARATOR + id.asText();
    }

    /** What is wrong with a value that is to be a whole key; empty when nothing is. */
    static Optional<String> fault(JsonNode key) {
        if (key == null || !key.isTextual()) {
            return Optional.of("is " + (key == null ? "missing" : SourceId.kind(key)) + ", no key");
        }
        String text = key.textValue();
        int end = text.indexOf(SEPARATOR);
        if (end < 0) {
            return Optional.of("has no colon between tenant and id");
        }
        return SourceId.fault(text.substring(0, end))
                .map(fault -> "has a tenant that " + fault)
                .or(() -> SourceId.fault(text.substring(end + 1)).map(fault -> "has an id that " + fault))
                .or(() -> faultOfLength(text));
    }

    private static Optional<String> faultOfLength(String key) {
        return key.length() <= Upsert.MAX_KEY_LENGTH
                ? Optional.empty()
                : Optional.of(
                        "makes a key of " + key.length() + " characters, at most " + Upsert.MAX_KEY_LENGTH + " fit");
    }
}
