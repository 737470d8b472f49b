package dev.crmsync.check;

import java.util.List;
import java.util.Optional;

/**
 * An object of the org.
 *
 * @param name API name
 */
public record OrgObject(String name, List<OrgField> fields) {

    public OrgObject {
        fields = List.copyOf(fields);
    }

    /** The field of that name, whatever its case. */
    public Optional<OrgField> field(String fieldName) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(fieldName))
                .findFirst();
    }

    /** The reference field whose parent a row carries under that name, such as {@code Account} or {@code Account__r}. */
    public Optional<OrgField> relation(String relationName) {
        return fields.stream()
                .filter(field -> relationName.equalsIgnoreCase(field.relation()))
                .findFirst();
    }
}
