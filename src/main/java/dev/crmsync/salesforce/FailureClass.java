package dev.crmsync.salesforce;

import java.util.Locale;

/** What a refusal or fault of Salesforce asks of us. */
public enum FailureClass {
    /** Passes by itself: try again. */
    TRANSIENT,
    /** Salesforce cannot be reached, or cannot work at all now: no fault of this record. */
    UNAVAILABLE,
    /** The record that this one relates to is not there yet: try again for a while. */
    MISSING_PARENT,
    /** A quota or rate is used up: wait until it passes. */
    LIMIT,
    /** Login, permission or a missing field: every event would fail, a person must repair the set-up. */
    CONFIGURATION,
    /** This record will never be accepted as it is. */
    PERMANENT,
    /** Salesforce already has what was asked, or something newer. */
    ALREADY_SO;

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
