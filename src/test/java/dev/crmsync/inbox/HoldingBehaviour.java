package dev.crmsync.inbox;

import static dev.crmsync.inbox.InboxUnderTest.LEASE;
import static dev.crmsync.inbox.InboxUnderTest.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How leases are kept and given up, on every database. */
interface HoldingBehaviour {

    InboxUnderTest inbox();

    @Test
    default void aRenewedLeaseLastsLongerAndALostOneIsTold() {
        inbox().accept(event("e1", "s1"), event("e2", "s2"));
        List<SubjectClaim> claims = inbox().claim();
        inbox().settle(inbox().delivered(claims.get(1)));
        inbox().clock.advance(LEASE.dividedBy(2));

        var held = inbox().inbox
                .renew(
                        Map.of(
                                claims.get(0).subjectId(), claims.get(0).fence(),
                                claims.get(1).subjectId(), claims.get(1).fence()),
                        LEASE);

        assertThat(held).containsExactly(claims.get(0).subjectId());
        inbox().clock.advance(LEASE.dividedBy(2));
        assertThat(inbox().claimAs("two")).isEmpty();
        inbox().clock.advance(LEASE.dividedBy(2));
        assertThat(inbox().claimAs("two")).hasSize(1);
    }

    @Test
    default void releasingAllMakesEverythingOfTheOwnerClaimableAtOnce() {
        inbox().accept(event("e1", "s1"), event("e2", "s2"));
        List<SubjectClaim> claims = inbox().claim();

        assertThat(inbox().inbox.releaseAll("two")).isZero();
        assertThat(inbox().inbox.releaseAll("one")).isEqualTo(2);

        assertThat(inbox().settle(inbox().delivered(claims.get(0)))).isEqualTo(SettleResult.LOST);
        assertThat(inbox().claimAs("two")).hasSize(2);
    }

    @Test
    default void aLeaseInFlightIsRenewedAndALostOneTold() {
        inbox().accept(event("e1", "s1"), event("e2", "s2"));
        List<SubjectClaim> claims = inbox().claim();
        List<Long> lost = new ArrayList<>();
        try (Leases leases = new Leases(inbox().inbox, () -> Optional.of("one"), LEASE, inbox().clock, lost::add)) {
            claims.forEach(claim -> leases.hold(claim, "one"));
            inbox().execute("update subject set fence = fence + 1 where subject = 's2'");
            inbox().clock.advance(LEASE.dividedBy(2));
            leases.renew();
            inbox().clock.advance(LEASE.dividedBy(2));

            SubjectClaim kept = ofSubject("s1", claims);
            SubjectClaim taken = ofSubject("s2", claims);
            assertThat(lost).containsExactly(taken.subjectId());
            assertThat(leases.holds(taken)).isFalse();
            assertThat(leases.holds(kept)).isTrue();
            assertThat(inbox().claimAs("two")).extracting(SubjectClaim::subject).containsExactly("s2");
            leases.drop(kept);
            assertThat(leases.holds(kept)).isFalse();
        }
        assertThat(inbox().claimAs("two")).extracting(SubjectClaim::subject).containsExactly("s1");
    }

    private static SubjectClaim ofSubject(String subject, List<SubjectClaim> claims) {
        return claims.stream()
                .filter(claim -> claim.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }
}
