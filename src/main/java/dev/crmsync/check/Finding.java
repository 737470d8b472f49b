package dev.crmsync.check;

/**
 * What is wrong, or may be, with a route, most often with one of its upserts.
 *
 * @param file the route's file
 * @param line in that file, counted from 1; 0 when it is not known
 * @param route the route's id, or another name of what the finding concerns; may be empty
 * @param target the object that the upsert writes, such as {@code Contact}; empty when it concerns no upsert
 * @param field the API name of the field, such as {@code LastName} or {@code Account.Pivotal_Key__c}; empty when the
 *     finding concerns the upsert as a whole
 * @param message what, and what to do about it
 */
public record Finding(
        Severity severity, String file, int line, String route, String target, String field, String message) {

    public Finding(Severity severity, String file, String route, String target, String field, String message) {
        this(severity, file, 0, route, target, field, message);
    }

    /** How bad it is. */
    public enum Severity {
        /** It cannot run, or the org would refuse records. */
        ERROR,
        /** The org may refuse records, or the mapping cannot be judged. */
        WARNING
    }

    /** Such as {@code routes/sync-acme.camel.yaml:12: acme-customer -> Contact}. */
    public String place() {
        return file
                + (line == 0 ? "" : ":" + line)
                + (route.isEmpty() ? "" : ": " + route)
                + (target.isEmpty() ? "" : " -> " + target);
    }

    @Override
    public String toString() {
        return severity + " " + place() + (field.isEmpty() ? "" : "." + field) + ": " + message;
    }
}
