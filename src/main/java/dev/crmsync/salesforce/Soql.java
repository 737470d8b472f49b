package dev.crmsync.salesforce;

/** Text in SOQL. */
final class Soql {

    private Soql() {}

    /** A string literal, escaped as the SOQL reference asks. */
    static String quoted(String text) {
        return "'"
                + text.replace("\\", "\\\\")
                        .replace("'", "\\'")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r") + "'";
    }
}
