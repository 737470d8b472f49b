package dev.crmsync.sandbox.rest;

import dev.crmsync.sandbox.org.ApiException;
import dev.crmsync.sandbox.org.ErrorCode;
import dev.crmsync.sandbox.schema.Field;
import dev.crmsync.sandbox.schema.SObjectType;

/** Looks up fields by the names that requests use. */
final class ExternalIds {
    private ExternalIds() {}

    /** The field that an upsert names. */
    static Field field(SObjectType type, String name) {
        return type.field(name)
                .filter(field -> field.key().usableForUpsert())
                .orElseThrow(() -> ApiException.of(
                        ErrorCode.NOT_FOUND,
                        "Provided external ID field does not exist or is not accessible: " + name));
    }

    /** Any field. */
    static Field column(SObjectType type, String name) {
        return type.field(name)
                .orElseThrow(() -> ApiException.of(
                        ErrorCode.INVALID_FIELD, "No such column '" + name + "' on sobject of type " + type.name()));
    }
}
