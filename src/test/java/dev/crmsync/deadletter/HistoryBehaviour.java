package dev.crmsync.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.crmsync.event.EventState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How operators find events, on every database. */
interface HistoryBehaviour {

    DeadLettersUnderTest it();

    @Test
    default void aDeadLetterIsListedWithWhatWentWrong() {
        long id = it().dead("e1", "STRING_TOO_LONG");

        EventLine line = find(EventFilter.dead()).get(0);

        assertThat(line.id()).isEqualTo(id);
        assertThat(line.state()).isEqualTo(EventState.DEAD);
        assertThat(line.subject()).isEqualTo("customer:e1");
        assertThat(line.deadLetter().errorCode()).isEqualTo("STRING_TOO_LONG");
        assertThat(line.deadLetter().remedy()).isEqualTo("fix");
        assertThat(it().deadLetters.find(id).orElseThrow().failures()).hasSize(1);
    }

    @Test
    default void anEventThatWasReplayedIsNoDeadLetterAnyMore() {
        long id = it().dead("e1", "BAD");
        it().deadLetters.decisions().replay(id, "ann", "fixed");
        it().deliver();

        assertThat(find(EventFilter.dead())).isEmpty();
        assertThat(find(EventFilter.ANY).get(0).deadLetter()).isNull();
        assertThat(it().deadLetters.groups().list()).isEmpty();
    }

    @Test
    default void everyPartOfAFilterCounts() {
        it().dead("e1", "BAD");
        Instant between = it().inbox.clock.instant().plusMillis(1);
        it().dead("e2", "WORSE");
        it().inbox.accept(DeadLettersUnderTest.event("e3"));
        it().deliver();

        assertThat(ids(Map.of("error", "BAD"))).containsExactly("e1");
        assertThat(ids(Map.of("fingerprint", "WORSE|Email|contact"))).containsExactly("e2");
        assertThat(ids(Map.of("state", "delivered"))).containsExactly("e3");
        assertThat(ids(Map.of("subject", "customer:e2"))).containsExactly("e2");
        assertThat(ids(Map.of("to", between.toString()))).containsExactly("e1");
        assertThat(ids(Map.of("from", between.toString()))).containsExactly("e3", "e2");
        assertThat(ids(Map.of("type", "customer.updated", "source", "pivotal"))).hasSize(3);
        assertThat(ids(Map.of("source", "plain"))).isEmpty();
        assertThat(ids(Map.of("q", "OMER:E2"))).containsExactly("e2");
        assertThat(ids(Map.of("q", "e3"))).containsExactly("e3");
        assertThat(ids(Map.of("q", "_2"))).isEmpty();
    }

    @Test
    default void pagesFollowEachOtherWithoutGapOrRepetition() {
        it().dead(7);
        List<String> seen = new ArrayList<>();
        Cursor next = null;
        do {
            EventPage page = it().deadLetters.history().page(EventFilter.dead(), next, 3);
            seen.addAll(it().ids(page));
            next = page.next();
        } while (next != null);

        assertThat(seen).containsExactly("e6", "e5", "e4", "e3", "e2", "e1", "e0");
        assertThat(it().deadLetters.history().count(EventFilter.dead())).isEqualTo(new EventCount(7, true));
    }

    @Test
    default void alikeFailuresFormAGroup() {
        it().dead("e1", "BAD");
        Instant first = it().inbox.clock.instant();
        it().dead("e2", "BAD");
        it().dead("e3", "WORSE");

        FailureGroup group = it().deadLetters.groups().list().get(0);

        assertThat(group.errorCode()).isEqualTo("BAD");
        assertThat(group.dead()).isEqualTo(2);
        assertThat(group.firstSeen()).isEqualTo(first);
        assertThat(group.lastSeen()).isEqualTo(first.plusSeconds(1));
        assertThat(group.state()).isEqualTo(FailureGroup.State.OPEN);
    }

    @Test
    default void aNewOccurrenceReopensAResolvedGroupButNotAnIgnoredOne() {
        it().dead("e1", "BAD");
        it().dead("e2", "WORSE");
        it().deadLetters.groups().change("BAD|Email|contact", FailureGroup.State.RESOLVED, "ann", "fixed", "ann");
        it().deadLetters.groups().change("WORSE|Email|contact", FailureGroup.State.IGNORED, "ann", null, "ann");
        assertThat(it().deadLetters.groups().list().get(1).reopened()).isFalse();

        it().dead("e3", "BAD");
        it().dead("e4", "WORSE");

        assertThat(it().deadLetters.groups().list())
                .extracting(FailureGroup::errorCode, FailureGroup::state, FailureGroup::reopened)
                .containsExactlyInAnyOrder(
                        tuple("BAD", FailureGroup.State.OPEN, true), tuple("WORSE", FailureGroup.State.IGNORED, false));
    }

    @Test
    default void sourcesAreThoseOfWhichEventsWereReceived() {
        it().dead("e1", "BAD");

        assertThat(it().deadLetters.history().sources()).containsExactly("pivotal");
    }

    private List<String> ids(Map<String, String> filter) {
        return it().ids(it().deadLetters.history().page(EventFilter.of(filter), null, 50));
    }

    private List<EventLine> find(EventFilter filter) {
        return it().deadLetters.history().page(filter, null, 50).events();
    }
}
