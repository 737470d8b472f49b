package dev.crmsync.salesforce;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what the answer to a call means for each of its rows, for their object, and for the size of calls to come. */
final class Verdicts {

    private static final Logger LOG = LoggerFactory.getLogger(Verdicts.class);

    private final Circuit circuit;
    private final Refusals refusals;
    private final CallSize size;
    private final SalesforceMetrics metrics;
    private final String object;

    Verdicts(Circuit circuit, Refusals refusals, CallSize size, SalesforceMetrics metrics, String object) {
        this.circuit = circuit;
        this.refusals = refusals;
        this.size = size;
        this.metrics = metrics;
        this.object = object;
    }

    /** Ends the rows of a call that was accepted, each with its own result. */
    void accepted(List<Row> rows, List<RowResult> results) {
        long before = refusals.writes();
        List<Failure> reported = new ArrayList<>(rows.size());
        results.forEach(result -> reported.add(result.failure()));
        List<String> written = keys(rows, reported, failure -> failure == null);
        if (!written.isEmpty()) {
            refusals.written(written);
        }
        List<Failure> failures = judged(rows, reported, before);
        size.accepted(
                written,
                keys(rows, failures, failure -> failure != null && failure.failureClass() == FailureClass.TRANSIENT),
                rows.size());
        if (failures.stream().noneMatch(failure -> failure != null && failure.concernsMoreThanARecord())) {
            circuit.succeeded(object);
        }
        for (int i = 0; i < rows.size(); i++) {
            if (failures.get(i) == null) {
                rows.get(i).succeed(results.get(i).result());
            } else {
                metrics.row(object, failures.get(i));
                fail(rows.get(i), failures.get(i));
            }
        }
    }

    /**
     * Ends rows whose call was refused as a whole.
     *
     * @param before {@link Refusals#writes()} when the first of the calls began that the rows were part of
     */
    void refused(List<Row> rows, Failure failure, long before) {
        if (failure.failureClass() == FailureClass.UNAVAILABLE || failure.mayBeForSize()) {
            size.troubled(rows.stream().map(Row::key).toList(), rows.size());
        }
        List<Failure> failures = judged(rows, Collections.nCopies(rows.size(), failure), before);
        for (int i = 0; i < rows.size(); i++) {
            fail(rows.get(i), failures.get(i));
        }
    }

    /** The failures as the fate of other records shows them; those of more than a record trip the circuit, once each. */
    private List<Failure> judged(List<Row> rows, List<Failure> reported, long before) {
        for (int i = 0; i < rows.size(); i++) {
            if (reported.get(i) != null && reported.get(i).isAmbiguous()) {
                refusals.note(rows.get(i).key(), reported.get(i).code());
            }
        }
        Map<String, Failure> troubles = new LinkedHashMap<>(2);
        List<Failure> judged = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            Failure failure = reported.get(i);
            if (failure == null) {
                judged.add(null);
                continue;
            }
            Refusals.Concern concern = failure.isAmbiguous()
                    ? refusals.concern(rows.get(i).key(), failure.code(), before)
                    : Refusals.Concern.OBJECT;
            Failure verdict = failure.concerning(concern);
            judged.add(verdict);
            if (concern == Refusals.Concern.UNKNOWN && verdict.failureClass() == FailureClass.CONFIGURATION) {
                LOG.warn("A record of {} waits, refused until others show why: {}", object, verdict.explanation());
            } else {
                troubles.putIfAbsent(verdict.code(), verdict);
            }
        }
        troubles.values().forEach(failure -> circuit.failed(object, failure));
        return judged;
    }

    private static void fail(Row row, Failure failure) {
        if (failure.failureClass() == FailureClass.ALREADY_SO && row.isUnsure()) {
            // What is newer may be another event's, which comes to its end only when it is tried again: until then it
            // is open
            // which fields are left.
            row.fail(SalesforceFailureException.of(failure.as(FailureClass.TRANSIENT)));
        } else if (failure.failureClass() == FailureClass.ALREADY_SO) {
            row.succeed(new UpsertResult(UpsertResult.Outcome.STALE, null));
        } else if (failure.failureClass() == FailureClass.PERMANENT && row.isFolded()) {
            row.separate();
        } else {
            row.fail(SalesforceFailureException.of(failure));
        }
    }

    private static List<String> keys(List<Row> rows, List<Failure> failures, Predicate<Failure> wanted) {
        return IntStream.range(0, rows.size())
                .filter(i -> wanted.test(failures.get(i)))
                .mapToObj(i -> rows.get(i).key())
                .toList();
    }
}
