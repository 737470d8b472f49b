package dev.crmsync.salesforce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** One row of a call: the upserts of one record folded into one, later fields over earlier ones. */
final class Row {

    private final List<PendingUpsert> parts = new ArrayList<>(1);

    Row(PendingUpsert first) {
        parts.add(first);
    }

    void fold(PendingUpsert next) {
        parts.add(next);
    }

    List<PendingUpsert> parts() {
        return parts;
    }

    PendingUpsert last() {
        return parts.get(parts.size() - 1);
    }

    String key() {
        return parts.get(0).upsert().key();
    }

    int bytes() {
        return parts.stream().mapToInt(PendingUpsert::bytes).sum();
    }

    boolean onlyExisting() {
        return parts.stream().allMatch(part -> part.upsert().onlyExisting());
    }

    /** The record as the collections resource wants it: type, key, and the folded fields. */
    ObjectNode record() {
        Upsert first = parts.get(0).upsert();
        ObjectNode record = first.fields().objectNode();
        record.putObject("attributes").put("type", first.object());
        record.put(first.keyField(), first.key());
        parts.forEach(part -> record.setAll(part.upsert().fields()));
        return record;
    }

    void succeed(UpsertResult result) {
        parts.forEach(part -> part.succeed(result));
    }

    void fail(Exception failure) {
        parts.forEach(part -> part.fail(failure));
    }
}
