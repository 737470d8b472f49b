package dev.crmsync.salesforce;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tells one record's own trouble from what troubles every record of an object, which a single refused record cannot
 * show: it is its own when others have been written since it was first refused, and everyone's when another one is
 * refused alike and none was written.
 */
final class Refusals {

    private static final int MOST_REMEMBERED = 1_000;

    private final Map<String, Refused> refused = new LinkedHashMap<>();
    private long writes;

    /** Whose trouble a refusal is. */
    enum Concern {
        RECORD,
        OBJECT,
        UNKNOWN
    }

    private record Refused(String code, long writes) {}

    /** A call has written these records. */
    synchronized void written(Collection<String> keys) {
        writes++;
        refused.keySet().removeAll(Set.copyOf(keys));
    }

    /** How many calls have written records so far. */
    synchronized long writes() {
        return writes;
    }

    /** Takes down a record that was refused. */
    synchronized void note(String key, String code) {
        Refused earlier = refused.get(key);
        if (earlier == null || !earlier.code.equals(code)) {
            refused.remove(key);
            refused.put(key, new Refused(code, writes));
            if (refused.size() > MOST_REMEMBERED) {
                refused.remove(refused.keySet().iterator().next());
            }
        }
    }

    /**
     * Judges a record that has been noted.
     *
     * @param before {@link #writes()} when the call began, or the first of those that it was divided into
     */
    synchronized Concern concern(String key, String code, long before) {
        Refused first = refused.get(key);
        if (writes > before || first != null && writes > first.writes) {
            return Concern.RECORD;
        }
        boolean others = refused.entrySet().stream()
                .anyMatch(other -> !other.getKey().equals(key)
                        && other.getValue().code.equals(code)
                        && other.getValue().writes == writes);
        return others ? Concern.OBJECT : Concern.UNKNOWN;
    }
}
