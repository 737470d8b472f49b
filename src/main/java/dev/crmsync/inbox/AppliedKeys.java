package dev.crmsync.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.crmsync.event.Event;
import dev.crmsync.event.OrderKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far a subject has been applied: what keeps an older event from overwriting a newer one.
 *
 * @param keys the highest order key applied, by aspect
 * @param tombstone true once the subject's deletion has been applied
 */
public record AppliedKeys(Map<String, OrderKey> keys, boolean tombstone) {

    /** Nothing was applied yet. */
    public static final AppliedKeys NONE = new AppliedKeys(Map.of(), false);

    private static final JsonMapper JSON = new JsonMapper();

    public AppliedKeys {
        keys = Map.copyOf(keys);
    }

    /** True when something newer of the same aspect has been applied already. */
    public boolean isAheadOf(Event event) {
        return isAheadOf(event.aspect(), event.orderKey());
    }

    boolean isAheadOf(String aspect, OrderKey key) {
        OrderKey applied = keys.get(aspect);
        return applied != null && key.isOlderThan(applied);
    }

    /** These keys moved forward by an applied event; an older event, or one without order, moves nothing. */
    public AppliedKeys with(Event event) {
        if (event.orderKey().equals(OrderKey.NONE) || isAheadOf(event)) {
            return this;
        }
        Map<String, OrderKey> moved = new TreeMap<>(keys);
        moved.put(event.aspect(), event.orderKey());
        return new AppliedKeys(moved, tombstone);
    }

    /** These keys with the subject's deletion applied, or taken back. */
    public AppliedKeys withTombstone(boolean deleted) {
        return new AppliedKeys(keys, deleted);
    }

    /** The highest key of that aspect, or null. */
    OrderKey of(String aspect) {
        return keys.get(aspect);
    }

    /**
     * The applied keys as a process that keeps no ledger has last moved them, of a row with {@code applied}, {@code kept} and
     * {@code adopted}.
     */
    static AppliedKeys adopted(ResultSet row) throws SQLException {
        String applied = row.getString("applied");
        String adopted = applied.equals(row.getString("kept")) ? row.getString("adopted") : applied;
        return adopted == null ? NONE : ofJson(adopted);
    }

    private record Stored(Map<String, String> keys, boolean tombstone) {}

    String toJson() {
        Map<String, String> values = new TreeMap<>();
        keys.forEach((aspect, key) -> values.put(aspect, key.value()));
        try {
            return JSON.writeValueAsString(new Stored(values, tombstone));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Applied keys cannot be written", e);
        }
    }

    static AppliedKeys ofJson(String json) {
        try {
            Stored stored = JSON.readValue(json, Stored.class);
            if (stored.keys() == null) {
                return NONE;
            }
            Map<String, OrderKey> keys = new TreeMap<>();
            stored.keys().forEach((aspect, value) -> keys.put(aspect, new OrderKey(value)));
            return new AppliedKeys(keys, stored.tombstone());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Applied keys cannot be read: " + json, e);
        }
    }
}
