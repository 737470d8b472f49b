package dev.crmsync.inbox;

import static dev.crmsync.inbox.InboxUnderTest.LEASE;
import static dev.crmsync.inbox.InboxUnderTest.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of the claims of a process that has ended, on every database. */
interface TakeOverBehaviour {

    InboxUnderTest inbox();

    @Test
    default void whatADeadOwnerHadClaimedIsClaimableAtOnce() {
        inbox().accept(event("e1", "s1"), event("e2", "s2"));
        List<SubjectClaim> claims = claimAndDie("one");

        try (Ownership two = held("two")) {
            await().until(() -> leased() == 0);
            assertThat(two.isHeldBy("two")).isTrue();

            SubjectClaim old = claims.get(0);
            assertThat(inbox().settle(inbox().delivered(old))).isEqualTo(SettleResult.LOST);
            assertThat(inbox().inbox.renew(Map.of(old.subjectId(), old.fence()), LEASE))
                    .isEmpty();
            assertThat(inbox().claimAs("two")).hasSize(2);
        }
    }

    @Test
    default void whatAProcessThatHadToStopWasWritingStaysLeasedUntilTheEnd() {
        inbox().accept(event("e1", "s1"));
        SubjectClaim claim = claimAndDie("stopped").get(0);
        inbox().inbox.keepUntilTheirEnd("stopped", Map.of(claim.subjectId(), claim.fence()), claim.leaseUntil());
        inbox().accept(event("e2", "s2"));
        claimAndDie("dead");

        try (Ownership two = held("two")) {
            await().until(() -> registered("dead") == 0);
            assertThat(two.isHeld()).isTrue();
            assertThat(registered("stopped")).isEqualTo(1);
            assertThat(leased()).isEqualTo(1);
        }
        inbox().clock.advance(LEASE);
        try (Ownership three = held("three")) {
            await().until(() -> registered("stopped") == 0);
            assertThat(three.isHeld()).isTrue();
            assertThat(inbox().claimAs("three")).hasSize(2);
        }
    }

    private long registered(String owner) {
        return inbox().number("select count(*) from owner where name = '" + owner + "'");
    }

    @Test
    default void itsClaimsStillCountAsNotSettledSoThatACrashLoopIsFound() {
        inbox().accept(event("e1", "s1"));
        for (Handling handling : List.of(Handling.NORMAL, Handling.NORMAL, Handling.ISOLATED, Handling.ALONE)) {
            SubjectClaim claim = claimAndDie("process " + inbox().number("select fence from subject"))
                    .get(0);
            assertThat(claim.handling()).isEqualTo(handling);
            if (handling == Handling.ALONE) {
                assertThat(inbox().inbox.tryAlone(claim)).isTrue();
            }
            Ownership next = held("next");
            await().until(() -> leased() == 0);
            next.close();
        }
        assertThat(inbox().claimOne().handling()).isEqualTo(Handling.GIVE_UP);
    }

    @Test
    default void anOwnerThatIsNotRegisteredAsOneOfAnEarlierReleaseHasUntilTheEndOfItsLease() {
        inbox().accept(event("e1", "s1"));
        inbox().claimAs("earlier");

        try (Ownership two = held("two")) {
            await().during(Duration.ofMillis(1_500)).until(() -> leased() == 1 && two.isHeld());
            assertThat(inbox().claimAs("two")).isEmpty();
            inbox().clock.advance(LEASE);
            assertThat(inbox().claimAs("two")).hasSize(1);
        }
    }

    @Test
    default void aLivingOwnerKeepsWhatItClaimedAndOneThatHasStoppedKeepsNothing() {
        inbox().accept(event("e1", "s1"));
        Ownership one = held("one");
        inbox().claimAs("one");
        try (Ownership two = inbox().inbox.own("two")) {
            await().during(Duration.ofMillis(2_500)).until(() -> leased() == 1 && one.isHeldBy("one"));

            one.close();

            assertThat(one.isHeld()).isFalse();
            await().until(() -> two.isHeldBy("two") && leased() == 0);
            assertThat(inbox().claimAs("two")).hasSize(1);
        }
    }

    @Test
    default void whoStopsWithCallsInFlightGivesUpAllButTheirClaims() {
        inbox().accept(event("e1", "s1"));
        Ownership one = held("one");
        Leases leases = new Leases(inbox().inbox, one, LEASE, inbox().clock, subject -> {});
        SubjectClaim inFlight = inbox().claimOne();
        leases.hold(inFlight, "one");
        inbox().accept(event("e2", "s2"));
        inbox().claimOne();

        leases.close();
        one.close();

        assertThat(leases.holds(inFlight)).isFalse();
        try (Ownership two = held("two")) {
            assertThat(inbox().claimAs("two")).extracting(SubjectClaim::subject).containsExactly("s2");
            await().during(Duration.ofMillis(1_500)).until(() -> leased() == 2 && two.isHeld());
            inbox().clock.advance(LEASE.minusMillis(1));
            assertThat(inbox().claimAs("two")).isEmpty();
            inbox().clock.advance(Duration.ofMillis(1));
            assertThat(inbox().claimAs("two")).extracting(SubjectClaim::subject).contains("s1");
        }
    }

    @Test
    default void aStopWithACallInFlightCountsForNothing() {
        inbox().accept(event("e1", "s1"));
        for (int stop = 0; stop < 5; stop++) {
            SubjectClaim claim = inbox().claimOne();
            assertThat(claim.handling()).isEqualTo(Handling.NORMAL);
            try (Leases leases =
                    new Leases(inbox().inbox, () -> Optional.of("one"), LEASE, inbox().clock, subject -> {})) {
                leases.hold(claim, "one");
            }
            inbox().clock.advance(LEASE);
        }
    }

    /** As a process that is registered, and of which nothing else is left. */
    private List<SubjectClaim> claimAndDie(String owner) {
        inbox().execute("insert into owner (name, since_at) values ('" + owner + "', 0)");
        List<SubjectClaim> claims = inbox().claimAs(owner);
        assertThat(claims).isNotEmpty();
        return claims;
    }

    private Ownership held(String owner) {
        Ownership ownership = inbox().inbox.own(owner);
        await().until(ownership::isHeld);
        return ownership;
    }

    private long leased() {
        return inbox().number("select count(*) from subject where lease_owner is not null");
    }
}
