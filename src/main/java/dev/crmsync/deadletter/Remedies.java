package dev.crmsync.deadletter;

import java.util.Map;

/** What a person can do about each kind of dead letter, in plain words. */
public final class Remedies {

    private static final Map<String, String> BY_CODE = Map.ofEntries(
            Map.entry(
                    "REQUIRED_FIELD_MISSING",
                    "Salesforce requires %s. Let the mapping fill it, or complete the record at its source; then replay."),
            Map.entry(
                    "NUMBER_OUTSIDE_VALID_RANGE",
                    "The number for %s is larger than the field takes. Correct it at its source, or in the mapping; then replay."),
            Map.entry(
                    "STRING_TOO_LONG",
                    "The value for %s is longer than the field. Shorten it at its source, or cut it in the mapping with fit(n); then replay."),
            Map.entry(
                    "INVALID_EMAIL_ADDRESS",
                    "Salesforce does not take the address in %s. Correct it at its source, or map it with the email function; then replay."),
            Map.entry(
                    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                    "The value for %s is not in the picklist. Add it in Salesforce, or translate it in the mapping; then replay."),
            Map.entry(
                    "DUPLICATES_DETECTED",
                    "A duplicate rule found another record of the same person. Merge the two in Salesforce, or give the existing one the external id; then replay."),
            Map.entry(
                    "DUPLICATE_VALUE",
                    "Another record already has the value of the unique field %s. Find it in Salesforce and decide which is right; then replay."),
            Map.entry(
                    "DUPLICATE_EXTERNAL_ID",
                    "Several records have the same external id. Make the field unique and keep one of them; then replay."),
            Map.entry(
                    "FIELD_CUSTOM_VALIDATION_EXCEPTION",
                    "A validation rule of the org refuses the record. Read its message, correct the data or the rule; then replay."),
            Map.entry(
                    "FIELD_INTEGRITY_EXCEPTION",
                    "Salesforce does not take the value of %s here, often a state or country that is not in its list. Translate it in the mapping; then replay."),
            Map.entry(
                    "JSON_PARSER_ERROR",
                    "A value has the wrong type for its field. Correct the mapping of the route; then replay."),
            Map.entry(
                    "INCOMPLETE_KEY",
                    "Without %s the record that the event is about cannot be named, and none was written. If the mapping names the wrong member, correct the route; otherwise have the source send it. Then replay, or discard."),
            Map.entry(
                    "NOT_A_FLAG",
                    "%s is neither true nor false. Correct it at its source, or translate it in the mapping; then replay."),
            Map.entry(
                    "NOTHING_WRITTEN",
                    "The route wrote nothing for it and did not say why. Add the branch or the upsert that is missing, or end the event with inbox:ignored and a reason; then replay."),
            Map.entry(
                    "PARENT_NEVER_CAME",
                    "Its data is in Salesforce, without the relation %s: the record named in the message did not come within a day. See what became of that record's own event; then replay, which makes the relation."),
            Map.entry(
                    "DATED_AHEAD",
                    "Its date lies more than an hour ahead; applied, it would keep its fields from what comes after it. Look at the sender's clock; then replay: the event is taken as of its receipt."),
            Map.entry(
                    "CLAIM_NEVER_SETTLED",
                    "Whenever it was delivered, the last time alone, the process ended or lost its lease. See why in the log of the processes that ended (memory?), and what is unusual about the payload; then replay or discard."),
            Map.entry(
                    "PAYLOAD_IS_NO_JSON",
                    "The stored payload cannot be parsed. Correct it in Edit and replay, or discard it."),
            Map.entry(
                    "ENDED_BY_OPERATOR",
                    "A person took it out of delivery; the message says why. Replay it when that has passed, or discard it."),
            Map.entry(
                    "UNREADABLE",
                    "The sender's message was authentic but could not be read. Correct the envelope in the receiving route, or the message itself; then replay: it is read again. Or discard it."));

    private static final Map<String, String> BY_CLASS = Map.of(
            "missing-parent",
            "The record it relates to never arrived. See what became of that record's own event; then replay.",
            "transient",
            "Salesforce could not take it for a whole day. See whether it can now; then replay.",
            "limit",
            "The API quota was used up for a whole day. See the quota in Salesforce's set-up; then replay.",
            "configuration",
            "Salesforce's set-up refused it for a whole day: login, permission or a field that is not deployed. Repair that; then replay.",
            "delivery",
            "The delivery itself broke on this event. Read the message and the log; have the route or the application corrected; then replay.",
            "mapping",
            "The mapping of the route failed on this payload. Correct the route; then replay.");

    private Remedies() {}

    /** @param field the fields complained about, or null */
    public static String of(String errorClass, String errorCode, String field) {
        String remedy = BY_CODE.get(errorCode);
        if (remedy == null) {
            remedy = BY_CLASS.getOrDefault(
                    errorClass,
                    "Read Salesforce's message, correct the data at its source or the mapping of the route; then replay.");
        }
        return remedy.formatted(field == null ? "a field" : field);
    }
}
