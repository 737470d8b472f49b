package dev.crmsync.record;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
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
 * @param open the newest event whose call was given up, so that nobody knows whether it was written; null where none was
 */
public record RecordState(Map<String, Holding> holdings, Lives lives, List<Place> outpaced, Place open) {

    /** Of a record that nobody has spoken about. */
    public static final RecordState UNKNOWN = new RecordState(Map.of(), Lives.NONE, List.of(), null);

    private static final int MOST_OUTPACED = 16;

    private static final Holding NOBODY = new Holding(null, false, List.of());

    public RecordState {
        holdings = Map.copyOf(holdings);
        outpaced = List.copyOf(outpaced);
    }

    /** What the statement may still write, and the state after it. */
    public Judgement judge(Statement statement) {
        return statement.kind() == Statement.Kind.DELETION ? judgeDeletion(statement) : judgeValues(statement);
    }

    /** The same after a call for that event was given up. */
    public RecordState leftOpenBy(Place event) {
        return new RecordState(holdings, lives, outpaced, open == null || lives.isOlder(open, event) ? event : open);
    }

    /** The same after a later call for that event has been answered, whatever the answer. */
    public RecordState answeredFor(Place event) {
        return open != null && open.isSame(event) ? new RecordState(holdings, lives, outpaced, null) : this;
    }

    /** True when what that event says must not be written now: a newer write may be there, and would be undone. */
    public boolean mustWaitFor(Place event) {
        return open != null && lives.isOlder(event, open);
    }

    /** The same as if nobody had spoken about these fields. */
    public RecordState without(Collection<String> fields) {
        Map<String, Holding> others = new TreeMap<>(holdings);
        fields.forEach(field -> others.remove(lower(field)));
        return new RecordState(others, lives, outpaced, open);
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
            if (changes.isNewest(statement, placeholder, holding, after)) {
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
        private final Map<String, Holding> next = new HashMap<>(holdings);
        private final List<Place> late = new ArrayList<>(outpaced);
        private final Place judged;

        // Most fields of a record have one holder, so that what was found out for one of them holds for all.
        private final Map<Holding, Boolean> newest = new IdentityHashMap<>();
        private final Map<Holding, Holding> taken = new IdentityHashMap<>();

        /** Whoever is judged again is late no longer, unless it loses again. */
        Changes(Place judged) {
            this.judged = judged;
            late.removeIf(judged::isSame);
        }

        void take(String field, Holding before, Place place, boolean placeholder) {
            won.add(field);
            if (before != null && place.isBefore(before.place())) {
                outpaced(before.place());
            }
            next.put(
                    lower(field),
                    placeholder
                            ? takenOver(before, place, true)
                            : taken.computeIfAbsent(
                                    before == null ? NOBODY : before, holding -> takenOver(before, place, false)));
        }

        private static Holding takenOver(Holding before, Place place, boolean placeholder) {
            return before == null ? new Holding(place, placeholder, List.of()) : before.takenOverBy(place, placeholder);
        }

        boolean isNewest(Statement statement, boolean placeholder, Holding holding, Lives after) {
            return placeholder || holding == null
                    ? RecordState.isNewest(statement, placeholder, holding, after)
                    : newest.computeIfAbsent(holding, held -> RecordState.isNewest(statement, false, held, after));
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
            Place stillOpen = open == null || lives.isOlder(judged, open) ? open : null;
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
                    new RecordState(next, after, kept, stillOpen),
                    new RecordState(holdings, after, kept, stillOpen),
                    recalled);
        }
    }
}
