package dev.crmsync.inbox;

import dev.crmsync.event.OrderKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Tells of events in a query whether something newer of their subject was applied since: then they write only the fields
 * about which nothing newer has spoken.
 */
public final class OrderForecast {

    /** What the query must read, of {@code event e} and its {@code subject s}. */
    public static final String COLUMNS = "e.aspect, e.order_key, e.received_at, s.applied";

    private static final String NOTHING_APPLIED = "{}";

    private OrderForecast() {}

    /** True when something newer of its aspect was applied since, or the subject was deleted. */
    public static boolean isOvertaken(ResultSet row) throws SQLException {
        String json = row.getString("applied");
        if (json.equals(NOTHING_APPLIED)) {
            return false;
        }
        AppliedKeys applied = AppliedKeys.ofJson(json);
        OrderKey key = DatedAhead.asReceived(
                new OrderKey(row.getString("order_key")), Instant.ofEpochMilli(row.getLong("received_at")));
        return applied.tombstone() || applied.isAheadOf(row.getString("aspect"), key);
    }
}
