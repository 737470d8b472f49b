package dev.crmsync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.event.OrderKey;
import dev.crmsync.record.Earlier;
import dev.crmsync.record.Place;
import dev.crmsync.record.RecordState;
import dev.crmsync.record.Statement;
import dev.crmsync.record.Statement.Kind;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** By what a field is newer already, as a preview tells it. */
class NewerEventTest {

    private static final Instant NOON = Instant.parse("2026-05-26T12:00:00Z");

    @Test
    void theEventThatHoldsTheField() {
        RecordState known = after(RecordState.UNKNOWN, says(Kind.STATE, 2, "Name"));

        assertThat(newer("Name", known, says(Kind.STATE, 1, "Name", "Phone"))).contains(place(2));
    }

    @Test
    void theDeletionOfTheRecordAlsoForFieldsThatItDoesNotList() {
        RecordState known = after(RecordState.UNKNOWN, says(Kind.STATE, 1, "Name"));
        known = after(known, says(Kind.DELETION, 3, "Name"));

        assertThat(newer("Phone", known, says(Kind.STATE, 2, "Phone"))).contains(place(3));
    }

    @Test
    void theNewerOfTwoDeletions() {
        RecordState known = after(RecordState.UNKNOWN, says(Kind.DELETION, 3, "Name"));

        assertThat(newer("Name", known, says(Kind.DELETION, 2, "Name"))).contains(place(3));
    }

    @Test
    void anEventThatADeletionLeavesAlone() {
        RecordState known = after(RecordState.UNKNOWN, says(Kind.CREATION, 3, "Name"));

        assertThat(newer("Name", known, says(Kind.DELETION, 2, "Name", "Phone")))
                .contains(place(3));
    }

    @Test
    void whatWasAppliedBeforeThereWasALedger() {
        Place applied = new Place(OrderKey.of(NOON.plusSeconds(9)), 0, 1);
        Statement statement = new Statement(place(2), Kind.STATE, Set.of("Name"), Set.of(), new Earlier(applied, null));

        assertThat(newer("Name", RecordState.UNKNOWN, statement)).contains(applied);
    }

    private static Optional<Place> newer(String field, RecordState known, Statement statement) {
        var judgement = known.judge(statement);
        assertThat(judgement.lost()).contains(field);
        return NewerEvent.of(field, judgement, statement);
    }

    private static RecordState after(RecordState known, Statement statement) {
        return known.judge(statement).next();
    }

    private static Statement says(Kind kind, int second, String... fields) {
        return new Statement(place(second), kind, Set.of(fields), Set.of(), Earlier.NOTHING);
    }

    private static Place place(int second) {
        return new Place(OrderKey.of(NOON.plusSeconds(second)), second, 1);
    }
}
