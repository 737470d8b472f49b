package dev.crmsync.inbox;

import static dev.crmsync.inbox.InboxUnderTest.LEASE;
import static dev.crmsync.inbox.InboxUnderTest.event;
import static dev.crmsync.inbox.InboxUnderTest.ids;
import static dev.crmsync.inbox.InboxUnderTest.withPayload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.event.Event;
import dev.crmsync.event.EventState;
import dev.crmsync.event.OrderKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How due subjects are handed out, on every database. */
interface ClaimingBehaviour {

    InboxUnderTest inbox();

    @Test
    default void handsOutAllThatWaitsForASubject() {
        inbox().accept(event("e1", "s1"), event("e2", "s2"), event("e3", "s1"));

        List<SubjectClaim> claims = inbox().claim();

        assertThat(claims).extracting(SubjectClaim::subject).containsExactlyInAnyOrder("s1", "s2");
        SubjectClaim first = claims.stream()
                .filter(claim -> claim.subject().equals("s1"))
                .findFirst()
                .orElseThrow();
        assertThat(ids(first)).containsExactly("e1", "e3");
        assertThat(first.tenant()).isEqualTo("acme");
        assertThat(first.events().get(0).event()).isEqualTo(event("e1", "s1"));
        assertThat(first.events().get(0).receivedAt()).isEqualTo(inbox().clock.instant());
        assertThat(first.leaseUntil()).isEqualTo(inbox().clock.instant().plus(LEASE));
        assertThat(first.applied()).isEqualTo(AppliedKeys.NONE);
        assertThat(first.deliveredBefore()).isFalse();
    }

    @Test
    default void handsOutNothingWhenNothingWaits() {
        assertThat(inbox().claim()).isEmpty();
    }

    @Test
    default void handsOutOnlyTheAskedSource() {
        inbox().accept(event("e1", "s1"));
        assertThat(inbox().inbox.claim(new ClaimRequest("plain", "one", 10, 10, 1_000, LEASE)))
                .isEmpty();
    }

    @Test
    default void ordersByTimeElseByVersionElseByArrival() {
        OrderKey later = new OrderKey(OrderKey.of(1).value() + "~" + time(20));
        OrderKey earlier = new OrderKey(OrderKey.of(2).value() + "~" + time(10));
        inbox().accept(
                        event("v10", "s1", 10),
                        event("v9", "s1", 9),
                        event("unordered", "s1"),
                        event("later", "s1", later),
                        event("earlier", "s1", earlier),
                        event("between", "s1", time(15)));

        assertThat(ids(inbox().claimOne())).containsExactly("v9", "v10", "unordered", "earlier", "between", "later");
    }

    private static OrderKey time(int second) {
        return OrderKey.of(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(second));
    }

    @Test
    default void handsOutTheLongestWaitingFirst() {
        inbox().accept(event("e1", "s1"));
        inbox().clock.advance(Duration.ofSeconds(1));
        inbox().accept(event("e2", "s2"));

        List<SubjectClaim> claims = inbox().inbox.claim(new ClaimRequest("pivotal", "one", 1, 10, 1_000, LEASE));

        assertThat(claims).extracting(SubjectClaim::subject).containsExactly("s1");
    }

    @Test
    default void keepsToTheNumberOfEventsAndCutsOnlyBetweenSubjects() {
        inbox().accept(event("e1", "s1"), event("e2", "s1"), event("e3", "s1"));
        inbox().clock.advance(Duration.ofSeconds(1));
        inbox().accept(event("e4", "s2"), event("e5", "s2"));
        inbox().clock.advance(Duration.ofSeconds(1));
        inbox().accept(event("e6", "s3"));

        assertThat(idsOf(claimUpTo(2, 1_000))).containsExactly("e1", "e2", "e3");
        assertThat(idsOf(claimUpTo(3, 1_000))).containsExactly("e4", "e5", "e6");
    }

    @Test
    default void keepsToTheNumberOfBytesAndCutsOnlyBetweenSubjects() {
        inbox().accept(withPayload("\"" + "x".repeat(500) + "\"", event("big", "s1")), event("small", "s1"));
        inbox().clock.advance(Duration.ofSeconds(1));
        inbox().accept(event("other", "s2"));

        assertThat(idsOf(claimUpTo(10, 100))).containsExactly("big", "small");
        assertThat(idsOf(claimUpTo(10, 100))).containsExactly("other");
    }

    @Test
    default void handsOutASubjectWithVeryLargeEventsInParts() {
        String large = "\"" + "x".repeat((int) ClaimRequest.MAX_BYTES_PER_SUBJECT * 3 / 5) + "\"";
        inbox().accept(withPayload(large, event("e1", "s1")), withPayload(large, event("e2", "s1")), event("e3", "s1"));

        SubjectClaim first = inbox().claimOne();
        assertThat(ids(first)).containsExactly("e1");
        inbox().settle(inbox().delivered(first));

        assertThat(ids(inbox().claimOne())).containsExactly("e2", "e3");
    }

    @Test
    default void handsOutALongQueueOfOneSubjectInParts() {
        Event[] events = IntStream.rangeClosed(1, 450)
                .mapToObj(i -> event("e" + i, "s1"))
                .toArray(Event[]::new);
        inbox().accept(events);

        List<Integer> sizes = new ArrayList<>();
        for (List<SubjectClaim> claims = inbox().claim(); !claims.isEmpty(); claims = inbox().claim()) {
            sizes.add(claims.get(0).events().size());
            inbox().settle(inbox().delivered(claims.get(0)));
        }

        assertThat(sizes).containsExactly(200, 200, 50);
    }

    @Test
    default void handsOutALeasedSubjectToNobody() {
        inbox().accept(event("e1", "s1"));
        inbox().claimOne();
        inbox().accept(event("e2", "s1"));

        assertThat(inbox().claimAs("two")).isEmpty();
        inbox().clock.advance(LEASE.minusMillis(1));
        assertThat(inbox().claimAs("two")).isEmpty();
    }

    @Test
    default void handsOutASubjectAgainWhenItsLeaseHasEnded() {
        inbox().accept(event("e1", "s1"));
        SubjectClaim first = inbox().claimOne();
        inbox().accept(event("e2", "s1"));
        inbox().clock.advance(LEASE);

        SubjectClaim second = inbox().claimAs("two").get(0);

        assertThat(ids(second)).containsExactly("e1", "e2");
        assertThat(second.fence()).isGreaterThan(first.fence());
        assertThat(second.events().get(0).attempts()).isZero();
    }

    @Test
    default void handsOutWhatArrivedDuringTheLeaseOnceItIsSettled() {
        inbox().accept(event("e1", "s1"));
        SubjectClaim first = inbox().claimOne();
        inbox().accept(event("e2", "s1"));

        inbox().settle(inbox().delivered(first));

        assertThat(ids(inbox().claimOne())).containsExactly("e2");
    }

    @Test
    default void neverHandsOneSubjectToTwoOwners() throws Exception {
        int subjects = 300;
        inbox().accept(IntStream.range(0, subjects * 2)
                .mapToObj(i -> event("e" + i, "s" + i % subjects))
                .toArray(Event[]::new));
        ExecutorService owners = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<SubjectClaim>>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String owner = "owner-" + i;
                Callable<List<SubjectClaim>> claiming = () -> claimUntilNothingWaits(owner);
                all.add(owners.submit(claiming));
            }
            Set<Long> claimed = new HashSet<>();
            for (Future<List<SubjectClaim>> claims : all) {
                for (SubjectClaim claim : claims.get()) {
                    assertThat(claim.events()).hasSize(2);
                    assertThat(claimed.add(claim.subjectId())).isTrue();
                }
            }
            // An owner may have found only subjects locked by another at that moment.
            inbox().claim().forEach(claim -> claimed.add(claim.subjectId()));
            assertThat(claimed).hasSize(subjects);
        } finally {
            owners.shutdownNow();
        }
    }

    @Test
    default void aSubjectForWhichNothingWaitsIsNotDueAgain() {
        inbox().accept(event("e1", "s1"));
        inbox().execute("update event set state = 'discarded'");

        assertThat(inbox().claim()).isEmpty();
        assertThat(inbox().number("select count(*) from subject where claimable_at is not null"))
                .isZero();
    }

    @Test
    default void handsOutNothingOfAPausedSource() {
        inbox().accept(event("e1", "s1"));
        Instant now = inbox().clock.instant();
        Pauses pauses = inbox().inbox.pauses();

        Pause limit = new Pause("source:pivotal", "daily limit", "delivery", now, now.plusSeconds(60));
        pauses.pause(limit);
        assertThat(pauses.list()).containsExactly(limit);
        assertThat(inbox().claim()).isEmpty();

        inbox().clock.advance(Duration.ofSeconds(60));
        assertThat(pauses.list()).isEmpty();
        assertThat(inbox().claimOne().subject()).isEqualTo("s1");
    }

    @Test
    default void aPauseOfAllHoldsUntilSomebodyResumes() {
        inbox().accept(event("e1", "s1"));
        Pauses pauses = inbox().inbox.pauses();
        pauses.pause(new Pause(Pause.ALL, "release", "ada", inbox().clock.instant(), null));
        assertThat(inbox().claim()).isEmpty();

        assertThat(pauses.resume(Pause.ALL)).isTrue();
        assertThat(pauses.resume(Pause.ALL)).isFalse();
        assertThat(inbox().claim()).hasSize(1);
    }

    @Test
    default void otherPausesDoNotMatter() {
        inbox().accept(event("e1", "s1"));
        Instant now = inbox().clock.instant();
        inbox().inbox.pauses().pause(new Pause("source:plain", "broken", "ada", now, null));
        inbox().inbox.pauses().pause(new Pause("object:Account", "no permission", "delivery", now, null));

        assertThat(inbox().claim()).hasSize(1);
        assertThat(inbox().stateOf("e1")).isEqualTo(EventState.PENDING);
    }

    private List<SubjectClaim> claimUpTo(int events, long bytes) {
        return inbox().inbox.claim(new ClaimRequest("pivotal", "one", 100, events, bytes, LEASE));
    }

    private List<String> idsOf(List<SubjectClaim> claims) {
        return claims.stream().flatMap(claim -> ids(claim).stream()).toList();
    }

    private List<SubjectClaim> claimUntilNothingWaits(String owner) {
        List<SubjectClaim> all = new ArrayList<>();
        List<SubjectClaim> next;
        do {
            next = inbox().inbox.claim(new ClaimRequest("pivotal", owner, 7, 1_000, 1 << 20, LEASE));
            all.addAll(next);
        } while (!next.isEmpty());
        return all;
    }
}
