package dev.crmsync.deadletter;

import dev.crmsync.event.Event;
import dev.crmsync.event.EventState;
import dev.crmsync.inbox.Database;
import dev.crmsync.inbox.FailedAttempt;
import dev.crmsync.inbox.InboxUnderTest;
import dev.crmsync.inbox.Outcome;
import dev.crmsync.inbox.Settlement;
import dev.crmsync.inbox.SubjectClaim;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Dead letters on a real database, and words for what tests do with them. */
final class DeadLettersUnderTest implements AutoCloseable {

    final InboxUnderTest inbox;
    final DeadLetters deadLetters;

    DeadLettersUnderTest(Database database) {
        inbox = new InboxUnderTest(database);
        deadLetters = new DeadLetters(database, inbox.inbox, DeadLettersUnderTest::edits, inbox.clock);
    }

    /** A payload that is about another customer is refused. */
    private static Optional<String> edits(Event event, String payload) {
        return Optional.of("about another").filter(refusal -> payload.contains("another"));
    }

    /** Receives and buries an event, a second after the one before it. */
    long dead(String id, String code) {
        inbox.clock.advance(Duration.ofSeconds(1));
        inbox.accept(event(id));
        bury(code);
        return number(id);
    }

    static Event event(String id) {
        return InboxUnderTest.event(id, "customer:" + id);
    }

    /** Ends all that is due as dead letters, as the dead-letter route does. */
    void bury(String code) {
        Instant now = inbox.clock.instant();
        for (SubjectClaim claim : inbox.claim()) {
            List<Outcome> outcomes = claim.events().stream()
                    .map(claimed ->
                            Outcome.dead(claimed.id(), code, new FailedAttempt(now, now, "permanent", code, "no")))
                    .toList();
            claim.events().forEach(claimed -> keep(claimed.id(), code, now));
            inbox.settle(Settlement.of(claim, outcomes, claim.applied(), null));
        }
    }

    private void keep(long id, String code, Instant at) {
        inbox.execute("insert into dead_letter (event_id, error_class, error_code, field, message, route_id, remedy,"
                + " failed_at, fingerprint) values (" + id + ", 'permanent', '" + code + "', 'Email', 'no', 'contact',"
                + " 'fix', " + at.toEpochMilli() + ", '" + code + "|Email|contact') on conflict (event_id) do update"
                + " set error_code = excluded.error_code, fingerprint = excluded.fingerprint,"
                + " failed_at = excluded.failed_at");
    }

    void deliver() {
        inbox.claim().forEach(claim -> inbox.settle(inbox.delivered(claim)));
    }

    List<Long> dead(int count) {
        return IntStream.range(0, count).mapToObj(i -> dead("e" + i, "BAD")).toList();
    }

    long number(String id) {
        return inbox.stored(id).id();
    }

    long count(EventState state) {
        return deadLetters.history().count(EventFilter.ANY.withState(state)).events();
    }

    ReplayJob job(EventFilter filter, int rate) {
        return deadLetters
                .jobs()
                .create(new ReplayRequest("outage", "Salesforce was down", "ann", filter, List.of(), rate));
    }

    ReplayRequest request(EventFilter filter) {
        return new ReplayRequest("outage", "Salesforce was down", "ann", filter, List.of(), 10);
    }

    ReplayJob now(ReplayJob job) {
        return deadLetters.jobs().find(job.id()).orElseThrow();
    }

    /** A worker of one replica, without its thread. */
    ReplayStep worker() {
        return new ReplayStep(inbox.database, inbox.inbox.replays(), inbox.clock, () -> true);
    }

    /** Time for the next part. */
    void passes() {
        inbox.clock.advance(Duration.ofMillis(500));
    }

    List<String> ids(EventPage page) {
        return page.events().stream().map(line -> line.eventId().value()).toList();
    }

    @Override
    public void close() {
        inbox.close();
    }
}
