package dev.crmsync.inbox;

import static dev.crmsync.inbox.InboxUnderTest.LEASE;
import static dev.crmsync.inbox.InboxUnderTest.event;
import static dev.crmsync.inbox.InboxUnderTest.ids;
import static dev.crmsync.inbox.InboxUnderTest.withPayload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How an event is found that ends the process whenever it is delivered, on every database. */
interface CrashLoopBehaviour {

    InboxUnderTest inbox();

    @Test
    default void anEventWhoseClaimWasNeverSettledThreeTimesIsTriedAloneThenGivenUp() {
        inbox().accept(event("e1", "s1"));

        assertThat(crash().handling()).isEqualTo(Handling.NORMAL);
        assertThat(crash().handling()).isEqualTo(Handling.NORMAL);
        assertThat(crash().handling()).isEqualTo(Handling.ISOLATED);
        assertThat(crash().handling()).isEqualTo(Handling.ALONE);

        assertThat(inbox().claimOne().handling()).isEqualTo(Handling.GIVE_UP);
    }

    @Test
    default void ofManyEventsOfASubjectOnlyTheOneThatEndsTheProcessIsGivenUp() {
        inbox().accept(IntStream.rangeClosed(1, 25)
                .mapToObj(i -> event("e" + i, "s1"))
                .toArray(Event[]::new));

        List<String> givenUp = deliverAllBut("e17");

        assertThat(givenUp).containsExactly("e17");
        assertThat(inbox().number("select count(*) from event where state = 'delivered'"))
                .isEqualTo(25);
        inbox().accept(event("next", "s1"));
        assertThat(inbox().claimOne().handling()).isEqualTo(Handling.NORMAL);
    }

    @Test
    default void ofManySubjectsOnlyTheOneThatEndsTheProcessIsGivenUp() {
        inbox().accept(IntStream.rangeClosed(1, 80)
                .mapToObj(i -> event("e" + i, "s" + i))
                .toArray(Event[]::new));

        assertThat(deliverAllBut("e52")).containsExactly("e52");
        assertThat(inbox().number("select count(*) from event where state = 'delivered'"))
                .isEqualTo(80);
    }

    @Test
    default void anEventThatComesBetweenIsNotGivenUpForTheOneThatWasTriedAlone() {
        inbox().accept(event("e2", "s1", 2));
        IntStream.range(0, 4).forEach(i -> crash());
        inbox().accept(event("e1", "s1", 1));

        SubjectClaim claim = inbox().claimOne();

        assertThat(claim.handling()).isEqualTo(Handling.GIVE_UP);
        assertThat(ids(claim)).containsExactly("e2");
    }

    @Test
    default void aGracefulStopCountsForNothing() {
        inbox().accept(event("e1", "s1"));
        for (int restart = 0; restart < 10; restart++) {
            assertThat(inbox().claimOne().handling()).isEqualTo(Handling.NORMAL);
            inbox().inbox.releaseAll("one");
        }
    }

    @Test
    default void aClaimThatIsGivenBackUntriedCountsForNothing() {
        inbox().accept(event("e1", "s1"));
        crash();
        crash();
        for (int turn = 0; turn < 10; turn++) {
            SubjectClaim claim = inbox().claimOne();
            assertThat(claim.handling()).isEqualTo(Handling.ISOLATED);
            assertThat(inbox().inbox.release(claim)).isTrue();
        }
    }

    @Test
    default void aLeaseThatIsLostNowAndThenLeadsToNothing() {
        inbox().accept(event("e1", "s1"));
        for (int turn = 0; turn < 10; turn++) {
            crash();
            crash();
            SubjectClaim claim = inbox().claimOne();
            inbox().settle(Settlement.release(claim, inbox().clock.instant()));
        }
        assertThat(inbox().claimOne().handling()).isEqualTo(Handling.NORMAL);
    }

    @Test
    default void whatFailsForNowWhenTriedAloneKeepsNoOtherFromBeingTried() {
        inbox().accept(event("e1", "s1"), event("e2", "s1"));
        IntStream.range(0, 3).forEach(i -> crash());
        SubjectClaim first = alone();
        assertThat(ids(first)).containsExactly("e1");
        Outcome failed = Outcome.retry(first.events().get(0).id(), inbox().failure());
        inbox().settle(Settlement.of(
                first, List.of(failed), first.applied(), inbox().clock.instant().plusSeconds(30)));

        assertThat(inbox().claim()).as("its back-off holds").isEmpty();
        inbox().clock.advance(Duration.ofSeconds(30));

        assertThat(ids(inbox().claimOne())).containsExactly("e2");
    }

    @Test
    default void handsOutASubjectInPartsThatAreLargeOnceTheyAreParsed() {
        String deep = "[" + "{},".repeat(100_000) + "0]";
        inbox().accept(withPayload(deep, event("e1", "s1")), withPayload(deep, event("e2", "s1")), event("e3", "s1"));
        List<List<String>> parts = new ArrayList<>();
        for (List<SubjectClaim> claims = inbox().claim(); !claims.isEmpty(); claims = inbox().claim()) {
            parts.add(ids(claims.get(0)));
            inbox().settle(inbox().delivered(claims.get(0)));
        }
        assertThat(parts).containsExactly(List.of("e1"), List.of("e2", "e3"));
    }

    /** A claim by a process that ends before it settles. */
    private SubjectClaim crash() {
        SubjectClaim claim = claimOne();
        inbox().clock.advance(LEASE);
        return claim;
    }

    private SubjectClaim alone() {
        SubjectClaim claim = claimOne();
        assertThat(claim.handling()).isEqualTo(Handling.ALONE);
        return claim;
    }

    private SubjectClaim claimOne() {
        SubjectClaim claim = inbox().claimOne();
        if (claim.handling() == Handling.ALONE) {
            assertThat(inbox().inbox.tryAlone(claim)).isTrue();
        }
        return claim;
    }

    /** Delivers, by processes that each end as soon as they try that event. @return the events that were given up */
    private List<String> deliverAllBut(String poison) {
        List<String> givenUp = new ArrayList<>();
        for (List<SubjectClaim> claims = inbox().claim(); !claims.isEmpty(); claims = inbox().claim()) {
            if (claims.get(0).handling() == Handling.ALONE) {
                inbox().inbox.tryAlone(claims.get(0));
            }
            if (claims.get(0).handling() == Handling.GIVE_UP) {
                givenUp.addAll(ids(claims.get(0)));
                inbox().settle(inbox().delivered(claims.get(0)));
            } else if (claims.stream().anyMatch(claim -> ids(claim).contains(poison))) {
                inbox().clock.advance(LEASE);
            } else {
                claims.forEach(claim -> inbox().settle(inbox().delivered(claim)));
            }
        }
        return givenUp;
    }
}
