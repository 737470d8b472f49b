package dev.crmsync.sandbox.org;

import dev.crmsync.sandbox.org.ParsedRow.Parent;
import dev.crmsync.sandbox.schema.Field;
import dev.crmsync.sandbox.schema.SObjectType;
import java.util.List;

/** Finds the parents that a row names, and refuses those that do not exist. */
final class References {
    private final Org org;

    References(Org org) {
        this.org = org;
    }

    /** The row with every parent's id in place of its external id. */
    ParsedRow resolve(ParsedRow row) {
        ParsedRow resolved = row;
        for (Parent parent : row.parents()) {
            resolved = resolved.with(parent.reference(), idOf(parent));
        }
        return resolved;
    }

    private String idOf(Parent parent) {
        List<String> ids = org.table(parent.type()).find(parent.keyField(), parent.key());
        if (ids.isEmpty()) {
            throw ApiException.of(
                    ErrorCode.INVALID_FIELD,
                    "Foreign key external ID: " + parent.key() + " not found for field "
                            + parent.keyField().name() + " in entity "
                            + parent.type().name());
        }
        if (ids.size() > 1) {
            throw ApiException.of(
                    ErrorCode.INVALID_FIELD,
                    "More than one record found for external id field "
                            + parent.keyField().name() + " in entity "
                            + parent.type().name() + ": " + ids);
        }
        return ids.get(0);
    }

    /** The 18-character id of a reference's value, which must lead to a live record of the right object. */
    String check(Field field, String id) {
        String canonical = SalesforceId.canonical(id).orElseThrow();
        SObjectType type = org.deployed()
                .typeOfId(canonical)
                .filter(found -> field.reference().orElseThrow().to().contains(found.name()))
                .orElseThrow(() -> ApiException.of(
                        ErrorCode.FIELD_INTEGRITY_EXCEPTION,
                        field.label() + ": id value of incorrect type: " + id,
                        field.name()));
        SObjectRecord parent = org.table(type)
                .get(canonical)
                .orElseThrow(() -> ApiException.of(
                        ErrorCode.INVALID_CROSS_REFERENCE_KEY, "invalid cross reference id", field.name()));
        if (parent.deleted()) {
            throw ApiException.of(ErrorCode.ENTITY_IS_DELETED, "entity is deleted", field.name());
        }
        return canonical;
    }
}
