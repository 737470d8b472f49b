package dev.crmsync.deadletter;

import dev.crmsync.event.EventState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a filter says in SQL about {@code event e}: first what an index finds, then what is checked row by row. */
final class Conditions {

    private final StringBuilder indexed = new StringBuilder("e.id > 0");
    private final List<Object> indexedValues = new ArrayList<>();
    private final StringBuilder checked = new StringBuilder("1 = 1");
    private final List<Object> checkedValues = new ArrayList<>();
    private boolean readsSubject;
    private boolean readsDeadLetter;
    private boolean isOfDead;

    private Conditions() {}

    static Conditions of(EventFilter filter) {
        Conditions conditions = new Conditions();
        conditions.index(filter);
        conditions.check("e.source = ?", filter.source());
        conditions.check("e.type = ?", filter.type());
        conditions.check("d.error_code = ?", filter.errorCode());
        conditions.check("d.fingerprint = ?", filter.fingerprint());
        conditions.readsDeadLetter = filter.errorCode() != null || filter.fingerprint() != null;
        if (filter.state() != null && filter.state() != EventState.DEAD) {
            conditions.check("e.state = ?", filter.state().label());
        }
        if (filter.text() != null) {
            conditions.readsSubject = true;
            conditions.text(filter.text());
        }
        return conditions;
    }

    private void index(EventFilter filter) {
        isOfDead = filter.state() == EventState.DEAD
                || filter.state() == null && (filter.errorCode() != null || filter.fingerprint() != null);
        if (isOfDead) {
            // As a literal, for the database must see that the index of dead letters will do.
            indexed.append(" and e.state = 'dead'");
        }
        if (filter.subject() != null) {
            index("e.subject_id in (select id from subject where subject = ?)", filter.subject());
        }
        if (filter.from() != null) {
            index("e.received_at >= ?", filter.from().toEpochMilli());
        }
        if (filter.to() != null) {
            index("e.received_at < ?", filter.to().toEpochMilli());
        }
    }

    private void text(String text) {
        String like = "%" + text.toLowerCase(Locale.ROOT).replaceAll("[\\\\%_]", "\\\\$0") + "%";
        checked.append(" and (lower(e.event_id) like ? escape '\\' or lower(s.subject) like ? escape '\\'")
                .append(" or lower(e.tenant) like ? escape '\\' or lower(e.type) like ? escape '\\')");
        checkedValues.addAll(List.of(like, like, like, like));
    }

    /** Only these events. */
    Conditions among(Collection<Long> ids) {
        indexed.append(ids.stream().map(String::valueOf).collect(Collectors.joining(", ", " and e.id in (", ")")));
        return this;
    }

    /** Only what has ended, and not later than that. */
    Conditions endedBy(Instant time) {
        String ended = isOfDead ? "" : "e.state in ('dead', 'delivered', 'superseded', 'ignored') and ";
        check(ended + "e.finished_at <= ?", time.toEpochMilli());
        return this;
    }

    Conditions before(Cursor cursor) {
        return beyond("<", cursor);
    }

    Conditions after(Cursor cursor) {
        return beyond(">", cursor);
    }

    private Conditions beyond(String comparison, Cursor cursor) {
        indexed.append(" and (e.received_at, e.id) ").append(comparison).append(" (?, ?)");
        indexedValues.add(cursor.at());
        indexedValues.add(cursor.id());
        return this;
    }

    private void index(String condition, Object value) {
        indexed.append(" and ").append(condition);
        indexedValues.add(value);
    }

    private void check(String condition, Object value) {
        if (value != null) {
            checked.append(" and ").append(condition);
            checkedValues.add(value);
        }
    }

    /** Whether only dead letters can match. */
    boolean isOfDead() {
        return isOfDead;
    }

    /** Whether the checks need {@code subject s}. */
    boolean readsSubject() {
        return readsSubject;
    }

    /** Whether the checks need {@code dead_letter d}. */
    boolean readsDeadLetter() {
        return readsDeadLetter;
    }

    String indexed() {
        return indexed.toString();
    }

    List<Object> indexedValues() {
        return indexedValues;
    }

    String checked() {
        return checked.toString();
    }

    List<Object> checkedValues() {
        return checkedValues;
    }
}
