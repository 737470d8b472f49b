package dev.crmsync.sandbox.org;

import java.time.Instant;
import java.util.Map;

/** A write that is not yet committed, and so has no sequence number. */
record WriteDraft(
        WriteOptions options,
        SObjectRecord record,
        Write.Operation operation,
        String keyField,
        String key,
        Map<String, Object> fields) {

    Write committed(long sequence, Instant time) {
        return new Write(
                sequence,
                options.call(),
                time,
                record.type().name(),
                record.id(),
                keyField,
                key,
                operation,
                options.api(),
                options.caller().clientId(),
                fields);
    }
}
