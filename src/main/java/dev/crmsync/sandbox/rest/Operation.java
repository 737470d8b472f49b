package dev.crmsync.sandbox.rest;

import java.util.Locale;

/** Kinds of request, as faults and the journal name them: {@code upsert-collection} and so on. */
public enum Operation {
    TOKEN,
    REVOKE,
    VERSIONS,
    CREATE,
    RETRIEVE,
    UPDATE,
    UPSERT,
    DELETE,
    CREATE_COLLECTION,
    UPDATE_COLLECTION,
    UPSERT_COLLECTION,
    DELETE_COLLECTION,
    RETRIEVE_COLLECTION,
    COMPOSITE,
    QUERY,
    DESCRIBE,
    LIMITS,
    BULK,
    UNKNOWN;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it opens or ends a session. */
    public boolean isLogin() {
        return this == TOKEN || this == REVOKE;
    }

    /** Whether it may change records. */
    public boolean writes() {
        return switch (this) {
            case CREATE,
                    UPDATE,
                    UPSERT,
                    DELETE,
                    CREATE_COLLECTION,
                    UPDATE_COLLECTION,
                    UPSERT_COLLECTION,
                    DELETE_COLLECTION,
                    COMPOSITE -> true;
            default -> false;
        };
    }
}
