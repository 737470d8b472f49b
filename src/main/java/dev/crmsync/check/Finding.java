package dev.crmsync.check;

/**
 * What is wrong, or may be, with one upsert of a route.
 *
 * @param file the route's file
 * @param route the route's id
 * @param target the object that the upsert writes, such as {@code Contact}
 * @param field the API name of the field, such as {@code LastName} or {@code Account.Pivotal_Key__c}; empty when the
 *     finding concerns the upsert as a whole
 * @param message what, and what to do about it
 */
public record Finding(Severity severity, String file, String route, String target, String field, String message) {

    /** How bad it is. */
    public enum Severity {
        /** The org would refuse records. */
        ERROR,
        /** The org may refuse records, or the mapping cannot be judged. */
        WARNING
    }

    @Override
    public String toString() {
        return severity + " " + file + " " + route + " " + target + (field.isEmpty() ? "" : "." + field) + ": "
                + message;
    }
}
