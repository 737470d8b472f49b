package dev.crmsync.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.reliability.TestDatabase.Stored;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold once everything has come to rest, whatever happened before. */
final class Invariants {

    private static final Set<String> ENDS = Set.of("delivered", "superseded");

    private final TestDatabase database;
    private final SandboxProcess sandbox;

    Invariants(TestDatabase database, SandboxProcess sandbox) {
        this.database = database;
        this.sandbox = sandbox;
    }

    /**
     * Checks all of them.
     *
     * @param interruptions how often a process, a connection or a call was cut off: only then may the same write have
     *     been made again
     */
    void check(Sender sender, int interruptions) throws SQLException {
        List<Stored> events = database.events(sender.triedIds());
        everythingAcceptedIsStored(sender, events);
        everyEventHasOneGoodEnd(events);
        List<SalesforceWrite> journal = sandbox.journal(sender.triedKeys());
        recordsAreCurrent(sender, events, journal);
        noRecordWentBack(journal);
        nothingIsDoubled(journal, interruptions);
    }

    private static void everythingAcceptedIsStored(Sender sender, List<Stored> events) {
        Set<String> stored = events.stream().map(Stored::eventId).collect(Collectors.toSet());
        assertThat(sender.accepted().stream().map(SentEvent::id).toList())
                .as("every event answered with 2xx is in the inbox")
                .allMatch(stored::contains);
        assertThat(events).as("every event is in the inbox once").hasSameSizeAs(stored);
    }

    private void everyEventHasOneGoodEnd(List<Stored> events) throws SQLException {
        assertThat(events)
                .as("every event has come to its end")
                .allMatch(event -> ENDS.contains(event.state()) && event.finished());
        assertThat(events)
                .as("every superseded event says why")
                .noneMatch(event -> event.state().equals("superseded") && event.reason() == null);
        assertThat(database.leased()).as("leased subjects").isZero();
        assertThat(database.count("select count(*) from subject where claimable_at is not null"))
                .as("subjects that are still due")
                .isZero();
    }

    private static void recordsAreCurrent(Sender sender, List<Stored> events, List<SalesforceWrite> journal) {
        Set<String> stored = events.stream().map(Stored::eventId).collect(Collectors.toSet());
        Map<String, Integer> newest = new HashMap<>();
        sender.tried().stream()
                .filter(event -> stored.contains(event.id()))
                .forEach(event -> newest.merge(event.key(), event.version(), Math::max));
        Map<String, Integer> last = new HashMap<>();
        journal.forEach(write -> last.put(write.key(), write.version()));
        assertThat(last).as("the version of each record").isEqualTo(newest);
    }

    private static void noRecordWentBack(List<SalesforceWrite> journal) {
        Map<String, Integer> reached = new HashMap<>();
        List<String> backwards = new ArrayList<>();
        for (SalesforceWrite write : journal) {
            Integer before = reached.put(write.key(), write.version());
            if (before != null && write.version() < before) {
                backwards.add(write.key() + " from " + before + " to " + write.version() + " in call " + write.call());
            }
        }
        assertThat(backwards).as("records that an older event overwrote").isEmpty();
    }

    private static void nothingIsDoubled(List<SalesforceWrite> journal, int interruptions) {
        assertThat(journal.stream()
                        .collect(Collectors.groupingBy(
                                SalesforceWrite::key, Collectors.mapping(SalesforceWrite::id, Collectors.toSet()))))
                .as("each key has one record")
                .allSatisfy((key, ids) -> assertThat(ids).hasSize(1));
        Map<String, Long> writes = journal.stream()
                .collect(Collectors.groupingBy(write -> write.key() + " v" + write.version(), Collectors.counting()));
        assertThat(writes)
                .as("the same write is made again only after an interruption")
                .allSatisfy((write, times) -> assertThat(times).isLessThanOrEqualTo(1L + interruptions));
    }
}
