package dev.crmsync.sandbox.rest;

import dev.crmsync.sandbox.org.ApiException;
import dev.crmsync.sandbox.org.ErrorCode;
import dev.crmsync.sandbox.schema.SObjectType;
import dev.crmsync.sandbox.schema.Schema;

/** Looks up objects by the names that requests use. */
final class Types {
    private Types() {}

    static SObjectType of(Schema schema, String name) {
        return schema.type(name)
                .orElseThrow(() -> new ApiException(
                        404,
                        ApiException.of(
                                        ErrorCode.NOT_FOUND,
                                        "The requested resource does not exist: sObject type '" + name + "'")
                                .error()));
    }
}
