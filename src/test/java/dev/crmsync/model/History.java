package dev.crmsync.model;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What happened to a few subjects that share records, and in which order word of it arrives.
 *
 * @param changes in the order in which they happened
 * @param arrivals the numbers of the changes in the order of their webhooks, each at least once
 */
public record History(List<Change> changes, List<Integer> arrivals) {

    public History {
        changes = List.copyOf(changes);
        arrivals = List.copyOf(arrivals);
    }

    public Change change(int number) {
        return changes.get(number - 1);
    }

    /** The records whose versions begin anew when they are created again. */
    public Set<String> versionedAnew() {
        return changes.stream()
                .filter(change -> change.type().equals("customer.deleted"))
                .flatMap(change -> change.says().stream())
                .map(RecordChange::record)
                .collect(Collectors.toSet());
    }

    /** For people who look into a failure: everything that it takes to repeat it. */
    @Override
    public String toString() {
        return changes.stream().map(change -> "\n  " + change).collect(Collectors.joining()) + "\n  arriving as "
                + arrivals;
    }
}
