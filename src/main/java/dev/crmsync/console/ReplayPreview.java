package dev.crmsync.console;

import dev.crmsync.deadletter.EventFilter;
import dev.crmsync.deadletter.ReplayForecast;
import java.util.List;
import java.util.Map;

/**
 * What a replay would do.
 *
 * @param chosen the events chosen one by one; empty when the filter says which
 * @param forecast of all of them
 * @param sample what would become of the newest of them, as the mapping is now
 * @param outcomes of the sample, counted
 */
public record ReplayPreview(
        EventFilter filter,
        List<Long> chosen,
        ReplayForecast forecast,
        List<PreviewLine> sample,
        Map<String, Integer> outcomes) {

    /** True when every event was tried. */
    public boolean isComplete() {
        return forecast.isExact() && sample.size() == forecast.matched();
    }
}
