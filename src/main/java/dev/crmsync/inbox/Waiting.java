package dev.crmsync.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * What a pending event waits for.
 *
 * @param nextTryAt when its subject may be claimed next, unless delivery is paused; null while it is in flight
 * @param inFlight whether a process delivers its subject now
 */
public record Waiting(Instant nextTryAt, boolean inFlight) {

    /** What a query must read of {@code subject s} for {@link #read}. */
    public static final String COLUMNS = "s.claimable_at, s.lease_owner";

    /** @param row of a pending event */
    public static Waiting read(ResultSet row, Instant now) throws SQLException {
        long millis = row.getLong("claimable_at");
        Instant claimableAt = row.wasNull() ? now : Instant.ofEpochMilli(millis);
        boolean inFlight = row.getString("lease_owner") != null && claimableAt.isAfter(now);
        return new Waiting(inFlight ? null : claimableAt, inFlight);
    }
}
