package dev.crmsync.inbox;

import dev.crmsync.event.OrderKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** What the order guard would decide now of events in a query. */
public final class OrderForecast {

    /** What the query must read, of {@code event e} and its {@code subject s}. */
    public static final String COLUMNS = "e.aspect, e.order_key, e.received_at, s.applied";

    private static final String NOTHING_APPLIED = "{}";

    private OrderForecast() {}

    /** True when something newer was applied before the event at the cursor, which would end as superseded. */
    public static boolean isSuperseded(ResultSet row) throws SQLException {
        String applied = row.getString("applied");
        return !applied.equals(NOTHING_APPLIED)
                && OrderGuard.supersedes(
                                AppliedKeys.ofJson(applied),
                                row.getString("aspect"),
                                DatedAhead.asReceived(
                                        new OrderKey(row.getString("order_key")),
                                        Instant.ofEpochMilli(row.getLong("received_at"))))
                        .isPresent();
    }
}
