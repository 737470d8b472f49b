package dev.crmsync.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.record.Judgement;
import dev.crmsync.record.LeasedRecord;
import dev.crmsync.record.Ledger;
import dev.crmsync.record.Place;
import dev.crmsync.record.RecordKey;
import dev.crmsync.record.RecordState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One row of a call: the upserts of one record folded into one, later fields over earlier ones. Life: filled ({@link #fold}),
 * judged against the ledger, given its answer, released, and last of all its answer is passed on to its events.
 */
final class Row {

    private final List<PendingUpsert> parts = new ArrayList<>(1);
    private final List<Judgement> judgements = new ArrayList<>(1);
    private LeasedRecord leased;
    private ObjectNode record;
    private ObjectNode placeholders;
    private RowAnswer answer;

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

    RecordKey recordKey() {
        return parts.get(0).upsert().recordKey();
    }

    int bytes() {
        return parts.stream().mapToInt(PendingUpsert::bytes).sum();
    }

    /** True where any of it belongs to an event, which the ledger puts in order. */
    boolean isOrdered() {
        return parts.stream().anyMatch(part -> part.statement() != null);
    }

    /**
     * Decides what is written.
     *
     * @param held what the ledger knows of the record; null when it is not asked
     */
    void judge(LeasedRecord held) {
        leased = held;
        RecordState state = held == null ? RecordState.UNKNOWN : held.state();
        record = parts.get(0).upsert().fields().objectNode();
        placeholders = record.objectNode();
        for (PendingUpsert part : parts) {
            Judgement judgement = part.statement() == null
                    ? Judgement.unordered(
                            part.upsert().fieldNames(), part.upsert().placeholders(), state)
                    : state.judge(part.statement());
            judgements.add(judgement);
            state = judgement.next();
            put(part.upsert().fields(), judgement);
        }
    }

    private void put(ObjectNode fields, Judgement judgement) {
        if (judgement.won().size() == fields.size() && judgement.ifAbsent().isEmpty() && placeholders.isEmpty()) {
            record.setAll(fields);
            return;
        }
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            if (judgement.won().contains(field.getKey())) {
                put(judgement.ifAbsent().contains(field.getKey()), field.getKey(), field.getValue());
            }
        }
    }

    private void put(boolean ifAbsent, String field, JsonNode value) {
        (ifAbsent ? placeholders : record).set(field, value);
        if (!ifAbsent) {
            placeholders.remove(field);
        }
    }

    /** True when what is written depends on whether Salesforce has the record. */
    boolean mustBeLookedUp() {
        return !placeholders.isEmpty() || onlyExisting();
    }

    /** Salesforce has no such record, so that what a new one needs is written too. */
    void fillIn() {
        record.setAll(placeholders);
        placeholders.removeAll();
    }

    /** False when newer events have said everything already. */
    boolean hasSomethingToWrite() {
        return judgements.stream().anyMatch(judgement -> !judgement.isSuperseded());
    }

    boolean onlyExisting() {
        for (int i = 0; i < parts.size(); i++) {
            if (!parts.get(i).upsert().onlyExisting() && !judgements.get(i).isSuperseded()) {
                return false;
            }
        }
        return true;
    }

    /** True while nobody else can have begun to write the record. */
    boolean isHeldAt(Instant now) {
        return (leased == null || now.isBefore(leased.until()))
                && parts.stream().allMatch(part -> part.turn().holdsLeaseAt(now));
    }

    /** True when an earlier call, which was given up, may have written the record or may yet. */
    boolean isUnsure() {
        return leased != null && leased.unsure();
    }

    /** True while a newer write of the record may be under way that nobody has the answer to. */
    boolean mustWait() {
        return leased != null
                && leased.unsure()
                && parts.stream().noneMatch(part -> part.statement() == null)
                && parts.stream()
                        .allMatch(part ->
                                leased.state().mustWaitFor(part.statement().place()));
    }

    /** The record as the collections resource wants it: type, key, and the folded fields. */
    ObjectNode record() {
        Upsert first = parts.get(0).upsert();
        ObjectNode whole = first.fields().objectNode();
        whole.putObject("attributes").put("type", first.object());
        whole.put(first.keyField(), first.key());
        whole.setAll(record);
        return whole;
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
        rows.forEach(row -> row.record.fieldNames().forEachRemaining(name -> carriers.merge(name, 1, Integer::sum)));
        return carriers.entrySet().stream()
                .filter(field -> field.getValue() < rows.size())
                .min(Comparator.comparingInt(field -> Math.abs(2 * field.getValue() - rows.size())))
                .map(Map.Entry::getKey)
                .map(field -> rows.stream().collect(Collectors.partitioningBy(row -> row.record.has(field))))
                .map(parts -> new Bisection.Halves<>(parts.get(true), parts.get(false)))
                .orElseGet(() -> Bisection.Halves.of(rows));
    }

    void succeed(UpsertResult result) {
        answer = RowAnswer.of(result);
    }

    void fail(Exception failure) {
        answer = RowAnswer.of(failure);
    }

    /** Its events are to be tried one by one. */
    void separate() {
        answer = RowAnswer.SEPARATE;
    }

    /** What the ledger shall know from now on, given the answer; null when it was not asked. */
    Ledger.Release release() {
        if (leased == null) {
            return null;
        }
        RecordState next = leased.state();
        if (answer.isWritten()) {
            next = judgements.get(judgements.size() - 1).next();
            if (!placeholders.isEmpty()) {
                List<String> unneeded = new ArrayList<>();
                placeholders.fieldNames().forEachRemaining(unneeded::add);
                next = next.without(unneeded);
            }
        } else if (answer.isUnwritten()) {
            for (PendingUpsert part : parts) {
                next = part.statement() == null
                        ? next
                        : next.judge(part.statement()).unwritten();
            }
        }
        for (PendingUpsert part : parts) {
            if (part.statement() != null) {
                Place place = part.statement().place();
                next = answer.isUnsure() ? next.leftOpenBy(place) : next.answeredFor(place);
            }
        }
        return new Ledger.Release(leased, next, answer.isUnsure());
    }

    /** Passes the answer on, to each of its events its own. */
    void reply(Consumer<List<PendingUpsert>> separated) {
        if (answer == RowAnswer.SEPARATE) {
            separated.accept(parts);
            return;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (answer.failure() != null) {
                parts.get(i).fail(answer.failure());
            } else {
                parts.get(i).succeed(answer.result().judged(judgements.get(i)));
            }
        }
    }
}
