package dev.crmsync.inbox;

import static dev.crmsync.inbox.Acceptance.Kind.DUPLICATE;
import static dev.crmsync.inbox.Acceptance.Kind.NEW;
import static dev.crmsync.inbox.InboxUnderTest.event;
import static dev.crmsync.inbox.InboxUnderTest.kinds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.event.Event;
import dev.crmsync.event.EventState;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is removed when, on every database. */
interface RetainingBehaviour {

    InboxUnderTest inbox();

    @Test
    default void personalDataGoesBeforeTheEventIsForgotten() {
        inbox().accept(event("e1", "s1", 7));
        SubjectClaim first = inbox().claimOne();
        long id = first.events().get(0).id();
        inbox().settle(Settlement.of(
                first,
                List.of(Outcome.retry(id, inbox().failure())),
                first.applied(),
                inbox().clock.instant()));
        writeDeadLetter(id);
        SubjectClaim second = inbox().claimOne();
        AppliedKeys applied = second.applied().with(second.events().get(0).event());
        inbox().settle(Settlement.of(second, List.of(Outcome.delivered(id, "[{\"id\":\"001\"}]")), applied, null));

        inbox().clock.advance(Duration.ofDays(30).minusMillis(1));
        assertThat(retention().sweep()).isEqualTo(new Retention.Swept(0, 0));
        inbox().clock.advance(Duration.ofMillis(1));
        assertThat(retention().sweep()).isEqualTo(new Retention.Swept(1, 0));

        StoredEvent emptied = inbox().stored("e1");
        assertThat(emptied.hasPayload()).isFalse();
        assertThat(emptied.event().payload()).isEmpty();
        assertThat(emptied.upserts()).isNull();
        assertThat(emptied.state()).isEqualTo(EventState.DELIVERED);
        assertThat(inbox().number("select count(*) from attempt")).isZero();
        assertThat(inbox().number("select count(*) from dead_letter")).isZero();
        assertThat(inbox().inbox.replays().requeue(List.of(id))).isEmpty();
        assertThat(kinds(inbox().accept(event("e1", "s1", 7)))).containsExactly(DUPLICATE);

        inbox().clock.advance(Duration.ofDays(60));
        assertThat(retention().sweep()).isEqualTo(new Retention.Swept(0, 1));
        assertThat(kinds(inbox().accept(event("e1", "s1", 7)))).containsExactly(NEW);
        assertThat(inbox().claimOne().applied()).isEqualTo(applied);
    }

    @Test
    default void pendingEventsAndDeadLettersStay() {
        inbox().accept(event("dead", "s1"), event("pending", "s2"));
        SubjectClaim claim = inbox().claim().stream()
                .filter(any -> any.subject().equals("s1"))
                .findFirst()
                .orElseThrow();
        long id = claim.events().get(0).id();
        inbox().settle(Settlement.of(
                claim, List.of(Outcome.dead(id, "bad", inbox().failure())), claim.applied(), null));
        writeDeadLetter(id);

        inbox().clock.advance(Duration.ofDays(400));
        assertThat(retention().sweep()).isEqualTo(new Retention.Swept(0, 0));

        assertThat(inbox().stored("dead").hasPayload()).isTrue();
        assertThat(inbox().stored("pending").hasPayload()).isTrue();
        assertThat(inbox().number("select count(*) from dead_letter")).isEqualTo(1);
    }

    @Test
    default void manyAreRemovedInSmallTransactions() {
        inbox().accept(IntStream.range(0, 1_200)
                .mapToObj(i -> event("e" + i, "s" + i))
                .toArray(Event[]::new));
        inbox().execute("update event set state = 'ignored', finished_at = 1");

        assertThat(retention().sweep()).isEqualTo(new Retention.Swept(1_200, 1_200));
        assertThat(inbox().number("select count(*) from event")).isZero();
        assertThat(inbox().number("select count(*) from subject")).isEqualTo(1_200);
    }

    @Test
    default void idsAreNotForgottenEarly() {
        assertThatThrownBy(
                        () -> new Retention(inbox().database, inbox().clock, Duration.ofDays(30), Duration.ofDays(89)))
                .hasMessageContaining("at least 90 days")
                .hasMessageContaining("was: 89 days");
    }

    private Retention retention() {
        return new Retention(inbox().database, inbox().clock, Duration.ofDays(30), Duration.ofDays(90));
    }

    /** As a route does. */
    private void writeDeadLetter(long eventId) {
        inbox().execute("insert into dead_letter (event_id, error_class, message, failed_at) values (" + eventId
                + ", 'permanent', 'bad value', 1) on conflict (event_id) do update"
                + " set message = excluded.message");
    }
}
