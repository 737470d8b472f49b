package dev.crmsync.sandbox.org;

/** Names of records that are numbered: <code>PT-{000000}</code> makes {@code PT-000001}. */
final class AutoNumber {
    private AutoNumber() {}

    static String format(String pattern, long number) {
        int open = pattern.indexOf('{');
        int close = pattern.indexOf('}');
        if (open < 0 || close < open) {
            throw new IllegalArgumentException("Auto-number format '" + pattern + "' has no {0}");
        }
        String digits = String.format("%0" + Math.max(1, close - open - 1) + "d", number);
        return pattern.substring(0, open) + digits + pattern.substring(close + 1);
    }
}
