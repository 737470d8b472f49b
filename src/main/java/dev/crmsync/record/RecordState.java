package dev.crmsync.record;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is known of one record. The rule that follows from it: each field holds what the newest event that speaks about it
 * said; a deletion speaks about all fields, and only a creation after it brings the record back.
 *
 * @param holdings who spoke last, by field in lower case
 * @param lives the record's creations and deletion
 * @param outpaced events that lost although they are later in time, at most {@value #MOST_OUTPACED}: a deletion or a
 *     creation that arrives late can prove them right
 */
public record RecordState(Map<String, Holding> holdings, Lives lives, List<Place> outpaced) {

    /** Of a record that nobody has spoken about. */
    public static final RecordState UNKNOWN = new RecordState(Map.of(), Lives.NONE, List.of());

    private static final int MOST_OUTPACED = 16;

    public RecordState {
        holdings = Map.copyOf(holdings);
        outpaced = List.copyOf(outpaced);
    }

    /** What the statement may still write, and the state after it. */
    public Judgement judge(Statement statement) {
        return statement.kind() == Statement.Kind.DELETION ? judgeDeletion(statement) : judgeValues(statement);
    }

    /** The same as if nobody had spoken about these fields. */
    public RecordState without(Collection<String> fields) {
        Map<String, Holding> others = new TreeMap<>(holdings);
        fields.forEach(field -> others.remove(lower(field)));
        return new RecordState(others, lives, outpaced);
    }

    private Judgement judgeDeletion(Statement deletion) {
        Place place = deletion.place();
        Lives known = lives.orDeleted(deletion.earlier().deletion());
        if (known.isDeletedAfter(place) || isOlderThanEarlier(deletion)) {
            return new Judgement(Set.of(), Set.of(), deletion.fields(), false, this, this, Set.of());
        }
        Lives after = known.withDeletion(place);
        Changes changes = new Changes(place);
        for (String field : deletion.fields()) {
            Holding holding = holdings.get(lower(field));
            if (holding == null
                    || holding.place().isSame(place)
                    || holding.place().isBefore(place)
                    || !after.isAliveAt(holding.place())) {
                changes.take(field, holding, place, false);
            } else {
                changes.lose(field);
            }
        }
        return changes.judgement(after, place, false);
    }

    private Judgement judgeValues(Statement statement) {
        Place place = statement.place();
        Lives known = lives.orDeleted(statement.earlier().deletion());
        Lives after = statement.kind() == Statement.Kind.CREATION ? known.withCreation(place) : known;
        Changes changes = new Changes(place);
        if (!after.isAliveAt(place)) {
            statement.fields().forEach(changes::lose);
            if (!after.isDeletedAfter(place)) {
                changes.outpaced(place);
            }
            return changes.judgement(after, null, true);
        }
        for (String field : statement.fields()) {
            Holding holding = holdings.get(lower(field));
            boolean placeholder = statement.placeholders().contains(field);
            if (isNewest(statement, placeholder, holding, after)) {
                changes.take(field, holding, place, placeholder);
                if (placeholder && holding == null) {
                    changes.needOnlyIfAbsent(field);
                }
            } else {
                if (!placeholder) {
                    changes.lose(field);
                }
                if (holding != null && holding.place().isBefore(place)) {
                    changes.outpaced(place);
                }
            }
        }
        return changes.judgement(after, statement.kind() == Statement.Kind.CREATION ? place : null, false);
    }

    private static boolean isNewest(Statement statement, boolean placeholder, Holding holding, Lives lives) {
        if (holding == null) {
            return !isOlderThanEarlier(statement);
        }
        Place place = statement.place();
        if (holding.place().isSame(place)) {
            return true;
        }
        if (holding.placeholder() != placeholder) {
            return holding.placeholder() || lives.isDeletion(holding.place());
        }
        return !isOlderThanEarlier(statement)
                && !lives.isOlder(place, holding.place())
                && holding.floors().stream().noneMatch(floor -> lives.isOlder(place, floor));
    }

    private static boolean isOlderThanEarlier(Statement statement) {
        Place applied = statement.earlier().applied();
        return applied != null && statement.place().isOlderThan(applied);
    }

    private static String lower(String field) {
        return field.toLowerCase(Locale.ROOT);
    }

    /** The next state while it comes into being. */
    private final class Changes {

        private final Set<String> won = new HashSet<>();
        private final Set<String> ifAbsent = new HashSet<>();
        private final Set<String> lost = new HashSet<>();
        private final Map<String, Holding> next = new TreeMap<>(holdings);
        private final List<Place> late = new ArrayList<>(outpaced);

        /** Whoever is judged again is late no longer, unless it loses again. */
        Changes(Place judged) {
            late.removeIf(judged::isSame);
        }

        void take(String field, Holding before, Place place, boolean placeholder) {
            won.add(field);
            if (before != null && place.isBefore(before.place())) {
                outpaced(before.place());
            }
            next.put(
                    lower(field),
                    before == null
                            ? new Holding(place, placeholder, List.of())
                            : before.takenOverBy(place, placeholder));
        }

        void needOnlyIfAbsent(String field) {
            ifAbsent.add(field);
        }

        void lose(String field) {
            lost.add(field);
        }

        /** Where keys tell no time, what arrived after a deletion cannot turn out to be of a life that began later. */
        void outpaced(Place place) {
            if (place.hasTime() && late.stream().noneMatch(place::isSame)) {
                late.add(place);
            }
        }

        /** @param turningPoint the creation or deletion that is being judged, or null */
        Judgement judgement(Lives after, Place turningPoint, boolean deleted) {
            List<Place> kept =
                    late.stream().filter(place -> !after.isDeletedAfter(place)).toList();
            kept = kept.subList(Math.max(0, kept.size() - MOST_OUTPACED), kept.size());
            Set<Long> recalled = turningPoint == null
                    ? Set.of()
                    : kept.stream()
                            .filter(place -> turningPoint.isBefore(place) && after.isAliveAt(place))
                            .map(Place::arrival)
                            .collect(Collectors.toSet());
            return new Judgement(
                    won,
                    ifAbsent,
                    lost,
                    deleted,
                    new RecordState(next, after, kept),
                    new RecordState(holdings, after, kept),
                    recalled);
        }
    }
}
