package dev.crmsync.salesforce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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

    /** True where several events share it. */
    boolean isFolded() {
        return parts.size() > 1;
    }

    /**
     * Parts a batch by a field that some rows carry and others do not, as near to halves as there is: what is wrong with
     * that field is then wrong with one part only. Rows of the same fields are parted in the middle.
     */
    static Bisection.Halves<Row> halves(List<Row> rows) {
        Map<String, Integer> carriers = new LinkedHashMap<>();
        rows.forEach(row -> row.fieldNames().forEach(name -> carriers.merge(name, 1, Integer::sum)));
        return carriers.entrySet().stream()
                .filter(field -> field.getValue() < rows.size())
                .min(Comparator.comparingInt(field -> Math.abs(2 * field.getValue() - rows.size())))
                .map(Map.Entry::getKey)
                .map(field -> rows.stream()
                        .collect(Collectors.partitioningBy(
                                row -> row.fieldNames().contains(field))))
                .map(parts -> new Bisection.Halves<>(parts.get(true), parts.get(false)))
                .orElseGet(() -> Bisection.Halves.of(rows));
    }

    private Set<String> fieldNames() {
        return parts.stream()
                .flatMap(part -> part.upsert().fields().properties().stream())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    void succeed(UpsertResult result) {
        parts.forEach(part -> part.succeed(result));
    }

    void fail(Exception failure) {
        parts.forEach(part -> part.fail(failure));
    }
}
