package dev.crmsync.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.event.OrderKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordStateTest {

    private static final Instant START = Instant.parse("2026-09-01T00:00:00Z");

    private final Map<String, String> values = new HashMap<>();
    private RecordState state = RecordState.UNKNOWN;
    private long arrivals;

    @Test
    void anOlderEventStillWritesWhatNoNewerOneSpokeAbout() {
        says(time(20), "updated", "Name");
        Judgement archived = says(time(10), "archived", "Name", "Archived");

        assertThat(archived.won()).containsExactly("Archived");
        assertThat(archived.lost()).containsExactly("Name");
        assertThat(values).containsEntry("Name", "updated").containsEntry("Archived", "archived");
    }

    @Test
    void anEventOfWhichEveryFieldIsNewerIsSuperseded() {
        says(time(20), "new", "Name");
        assertThat(says(time(10), "old", "Name").isSuperseded()).isTrue();
    }

    @Test
    void theSameEventMayBeAppliedAgain() {
        Place place = place(time(10));
        judge(place, Statement.Kind.STATE, "first", "Name");
        assertThat(judge(place, Statement.Kind.STATE, "again", "Name").won()).containsExactly("Name");
    }

    @Test
    void fieldNamesDifferInCaseOnlyForPeople() {
        says(time(20), "new", "name");
        assertThat(says(time(10), "old", "Name").isSuperseded()).isTrue();
    }

    @Test
    void theVersionDecidesBetweenTwoThatBothCarryOne() {
        says(versionAt(5, 10), "v5", "Name");
        assertThat(says(versionAt(4, 20), "v4", "Name").isSuperseded()).isTrue();
    }

    @Test
    void versionsOfDifferentSubjectsSayNothingAboutEachOther() {
        judge(new Place(versionAt(7, 10), ++arrivals, 1), Statement.Kind.STATE, "first customer", "Company");
        judge(new Place(versionAt(2, 20), ++arrivals, 2), Statement.Kind.STATE, "second customer", "Company");
        assertThat(values).containsEntry("Company", "second customer");
    }

    @Test
    void aVersionATimeAndAVersionDoNotEraseEachOthersOrder() {
        says(versionAt(3, 30), "v3", "Name", "Phone");
        says(time(40), "versionless", "Name");
        assertThat(says(versionAt(2, 20), "v2", "Name", "Phone").isSuperseded()).isTrue();
        assertThat(values).containsEntry("Name", "versionless").containsEntry("Phone", "v3");
    }

    @Test
    void withoutTimesAnOlderVersionDoesNotComeBackBehindAVersionlessEvent() {
        says(OrderKey.of(3), "v3", "Name");
        says(OrderKey.NONE, "versionless", "Name");
        assertThat(says(OrderKey.of(2), "v2", "Name").isSuperseded()).isTrue();
        assertThat(says(OrderKey.of(4), "v4", "Name").isSuperseded()).isFalse();
    }

    @Test
    void withoutAnyOrderTheLatestArrivalWins() {
        says(OrderKey.NONE, "first", "Name");
        says(OrderKey.NONE, "second", "Name");
        assertThat(values).containsEntry("Name", "second");
        Place first = new Place(OrderKey.NONE, 1, 1);
        assertThat(judge(first, Statement.Kind.STATE, "replayed", "Name").isSuperseded())
                .isTrue();
    }

    @Test
    void aDeletionIsFinalForWhatWasCreatedBeforeIt() {
        deletes(time(20));
        Judgement late = says(time(10), "late", "Name", "Phone");
        assertThat(late.isSuperseded()).isTrue();
        assertThat(late.deleted()).isTrue();
        assertThat(late.reason()).contains("deleted");
    }

    @Test
    void anUpdateAfterTheDeletionDoesNotBringTheRecordBack() {
        deletes(time(20));
        assertThat(says(time(30), "updated", "Name").isSuperseded()).isTrue();
    }

    @Test
    void aLaterCreationBringsTheRecordBackAndRecallsWhatCameAfterIt() {
        deletes(time(20));
        says(time(30), "too early", "Name");
        says(time(50), "waits", "Name");
        Judgement created = judge(place(versionAt(1, 40)), Statement.Kind.CREATION, "created", "Name", "Phone");
        assertThat(created.won()).containsExactlyInAnyOrder("Name", "Phone");
        assertThat(created.recalled()).containsExactly(3L);
    }

    @Test
    void replayingAnOldDeletionDoesNotBlankALivingRecord() {
        Place deletion = place(time(20));
        judge(deletion, Statement.Kind.DELETION, null, "Name");
        judge(place(time(30)), Statement.Kind.CREATION, "created", "Name");
        assertThat(judge(deletion, Statement.Kind.DELETION, null, "Name").won()).isEmpty();
        assertThat(values).containsEntry("Name", "created");
    }

    @Test
    void aDeletionThatArrivesLateEndsWhatWasWrittenWithoutACreation() {
        says(time(10), "created", "Name");
        says(time(30), "updated after", "Name");
        deletes(time(20));
        assertThat(values).containsEntry("Name", "[deleted]");
    }

    @Test
    void aDeletionThatArrivesAfterTheNextCreationClearsOnlyWhatIsOlder() {
        says(time(10), "old", "Name", "Phone");
        judge(place(time(30)), Statement.Kind.CREATION, "new", "Name");
        judge(place(time(20)), Statement.Kind.DELETION, null, "Name", "Phone");
        assertThat(values).containsEntry("Name", "new").containsEntry("Phone", null);
    }

    @Test
    void whereSalesforceHasNoSuchRecordTheDeletionIsKnownEvenSo() {
        RecordState unwritten = state.judge(statement(place(time(20)), Statement.Kind.DELETION, Set.of(), "Name"))
                .unwritten();
        assertThat(unwritten.holdings()).isEmpty();
        assertThat(unwritten
                        .judge(statement(place(time(10)), Statement.Kind.STATE, Set.of(), "Name"))
                        .isSuperseded())
                .isTrue();
    }

    @Test
    void anyRealValueBeatsAPlaceholder() {
        Judgement filled =
                state.judge(statement(place(time(20)), Statement.Kind.STATE, Set.of("LastName"), "LastName"));
        assertThat(filled.ifAbsent()).containsExactly("LastName");
        state = filled.next();
        assertThat(says(time(10), "Real", "LastName").won()).containsExactly("LastName");
        Judgement again = state.judge(statement(place(time(30)), Statement.Kind.STATE, Set.of("LastName"), "LastName"));
        assertThat(again.won()).isEmpty();
        assertThat(again.isSuperseded()).isFalse();
    }

    @Test
    void whatWasAppliedBeforeTheLedgerIsNotOverwrittenByOlderEvents() {
        Earlier earlier = new Earlier(new Place(OrderKey.of(5), 0, 1), null);
        Statement old = new Statement(place(versionAt(4, 10)), Statement.Kind.STATE, Set.of("Name"), Set.of(), earlier);
        Statement next =
                new Statement(place(versionAt(6, 20)), Statement.Kind.STATE, Set.of("Name"), Set.of(), earlier);
        assertThat(state.judge(old).isSuperseded()).isTrue();
        assertThat(state.judge(next).isSuperseded()).isFalse();
    }

    @Test
    void aStateSurvivesBeingStored() {
        says(OrderKey.of(3), "v3", "Name", "Phone");
        says(OrderKey.NONE, "versionless", "Name");
        judge(place(versionAt(1, 40)), Statement.Kind.CREATION, "created", "Name");
        deletes(time(50));
        says(time(60), "outpaced", "Name");
        assertThat(RecordJson.read(RecordJson.write(state))).isEqualTo(state);
        assertThat(RecordJson.read("{}")).isEqualTo(RecordState.UNKNOWN);
    }

    private void deletes(OrderKey key) {
        judge(place(key), Statement.Kind.DELETION, "[deleted]", "Name");
    }

    private Judgement says(OrderKey key, String value, String... fields) {
        return judge(place(key), Statement.Kind.STATE, value, fields);
    }

    private Judgement judge(Place place, Statement.Kind kind, String value, String... fields) {
        Judgement judgement = state.judge(statement(place, kind, Set.of(), fields));
        judgement.won().forEach(field -> values.put(field, value));
        state = judgement.next();
        return judgement;
    }

    private static Statement statement(Place place, Statement.Kind kind, Set<String> placeholders, String... fields) {
        return new Statement(place, kind, Set.of(fields), placeholders, Earlier.NOTHING);
    }

    private Place place(OrderKey key) {
        return new Place(key, ++arrivals, 1);
    }

    private static OrderKey time(int second) {
        return OrderKey.of(START.plusSeconds(second));
    }

    private static OrderKey versionAt(int version, int second) {
        return new OrderKey(OrderKey.of(version).value() + "~" + time(second).value());
    }
}
