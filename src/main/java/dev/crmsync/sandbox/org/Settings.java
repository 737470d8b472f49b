package dev.crmsync.sandbox.org;

import java.util.Set;

/**
 * How the org behaves; changed at any time through the control API. Times are in milliseconds.
 *
 * @param latencyMillis how much longer than necessary every answer takes
 * @param transactionMillis how long a write holds the rows it locks before it is answered
 * @param lockWaitMillis how long a write waits for a locked row before {@code UNABLE_TO_LOCK_ROW}
 * @param quota API requests in any 24 hours; more are refused with {@code REQUEST_LIMIT_EXCEEDED}
 * @param sessionSeconds how long a session lives; 0 means for ever
 * @param sessionCalls how many calls a session is good for; 0 means any number
 * @param loginsPerHour logins of one user in an hour; more are refused
 * @param malformedRows what an unknown column or wrong JSON type in one row of a collection fails
 * @param duplicateRule what a second Contact with the same e-mail address meets
 * @param activeRules validation rules that are switched on, as {@code Object.Rule}, besides those deployed active
 * @param inactiveRules validation rules that are switched off, as {@code Object.Rule}, though deployed active
 * @param readOnlyFields fields that the user may not write, as {@code Object.Field}
 * @param permissionSetAssigned whether the user has the package's permission set; without it custom fields and objects
 *     are invisible
 * @param queryBatchSize records per page of a query
 * @param clockOffsetMillis how far the org's clock is ahead
 */
public record Settings(
        long latencyMillis,
        long transactionMillis,
        long lockWaitMillis,
        int quota,
        long sessionSeconds,
        int sessionCalls,
        int loginsPerHour,
        MalformedRows malformedRows,
        DuplicateRule duplicateRule,
        Set<String> activeRules,
        Set<String> inactiveRules,
        Set<String> readOnlyFields,
        boolean permissionSetAssigned,
        int queryBatchSize,
        long clockOffsetMillis) {

    /** Full speed, roomy limits, duplicates allowed. */
    public static final Settings DEFAULT = new Settings(
            0,
            0,
            10_000,
            5_000_000,
            7_200,
            0,
            3_600,
            MalformedRows.WHOLE_REQUEST,
            DuplicateRule.OFF,
            Set.of(),
            Set.of(),
            Set.of(),
            true,
            2_000,
            0);

    public Settings {
        notNegative("latencyMillis", latencyMillis);
        notNegative("transactionMillis", transactionMillis);
        notNegative("lockWaitMillis", lockWaitMillis);
        notNegative("quota", quota);
        notNegative("sessionSeconds", sessionSeconds);
        notNegative("sessionCalls", sessionCalls);
        notNegative("loginsPerHour", loginsPerHour);
        if (queryBatchSize < 1 || queryBatchSize > 2_000) {
            throw new IllegalArgumentException("queryBatchSize is " + queryBatchSize + ": use 1 to 2000");
        }
        activeRules = Set.copyOf(activeRules);
        inactiveRules = Set.copyOf(inactiveRules);
        readOnlyFields = Set.copyOf(readOnlyFields);
    }

    /** What a malformed row fails. */
    public enum MalformedRows {
        WHOLE_REQUEST,
        PER_ROW
    }

    /** What a duplicate meets. */
    public enum DuplicateRule {
        /** Nothing. */
        OFF,
        /** An error, unless the request asks to save all the same. */
        ALERT,
        /** An error in any case. */
        BLOCK
    }

    private static void notNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " is " + value + ": use 0 or more");
        }
    }
}
