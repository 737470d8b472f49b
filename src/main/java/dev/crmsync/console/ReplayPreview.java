package dev.crmsync.console;

import dev.crmsync.deadletter.EventCount;
import dev.crmsync.deadletter.EventFilter;
import java.util.List;
import java.util.Map;

/**
 * What a replay would do.
 *
 * @param chosen the events chosen one by one; empty when the filter says which
 * @param matched how many they are
 * @param sample what would become of the newest of them, as the mapping is now
 * @param outcomes of the sample, counted
 */
public record ReplayPreview(
        EventFilter filter,
        List<Long> chosen,
        EventCount matched,
        List<PreviewLine> sample,
        Map<String, Integer> outcomes) {

    /** True when every event was tried. */
    public boolean isComplete() {
        return matched.isExact() && sample.size() == matched.events();
    }
}
