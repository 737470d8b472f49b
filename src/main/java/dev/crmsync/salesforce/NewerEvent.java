package dev.crmsync.salesforce;

import dev.crmsync.record.Holding;
import dev.crmsync.record.Judgement;
import dev.crmsync.record.Place;
import dev.crmsync.record.RecordState;
import dev.crmsync.record.Statement;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the event against which a field was lost, for people. */
final class NewerEvent {

    private NewerEvent() {}

    /** The place of the deletion or the event that holds the field; arrival 0 for what was applied before there was a ledger. */
    static Optional<Place> of(String field, Judgement judgement, Statement statement) {
        RecordState known = judgement.unwritten();
        Place deletion = known.lives().deletion();
        boolean isOfDeletion = judgement.deleted()
                || statement.kind() == Statement.Kind.DELETION
                        && deletion != null
                        && deletion.arrival() != statement.place().arrival();
        Holding holding = known.holdings().get(field.toLowerCase(Locale.ROOT));
        return Stream.of(
                        isOfDeletion ? deletion : null,
                        holding == null ? null : holding.place(),
                        statement.earlier().applied(),
                        statement.earlier().deletion())
                .filter(Objects::nonNull)
                .findFirst();
    }
}
