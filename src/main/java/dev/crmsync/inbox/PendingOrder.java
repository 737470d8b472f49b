package dev.crmsync.inbox;

import dev.crmsync.event.OrderKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order in which waiting events of one subject are applied. Events of the same aspect whose order keys compare are
 * put in that order among the places they hold; all others keep their place of arrival.
 */
final class PendingOrder {

    private record Sequence(String aspect, char kind) {}

    private PendingOrder() {}

    static List<ClaimedEvent> of(List<ClaimedEvent> arrived) {
        Map<Sequence, List<Integer>> places = new HashMap<>();
        for (int place = 0; place < arrived.size(); place++) {
            OrderKey key = arrived.get(place).event().orderKey();
            if (!key.equals(OrderKey.NONE)) {
                places.computeIfAbsent(
                                new Sequence(arrived.get(place).event().aspect(), key.kind()),
                                sequence -> new ArrayList<>())
                        .add(place);
            }
        }
        List<ClaimedEvent> ordered = new ArrayList<>(arrived);
        for (List<Integer> held : places.values()) {
            List<ClaimedEvent> sorted = held.stream()
                    .map(arrived::get)
                    .sorted(Comparator.comparing(claimed -> claimed.event().orderKey(), PendingOrder::compare))
                    .toList();
            for (int i = 0; i < held.size(); i++) {
                ordered.set(held.get(i), sorted.get(i));
            }
        }
        return ordered;
    }

    private static int compare(OrderKey one, OrderKey other) {
        return one.isOlderThan(other) ? -1 : other.isOlderThan(one) ? 1 : 0;
    }
}
