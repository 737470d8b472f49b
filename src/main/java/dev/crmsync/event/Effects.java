package dev.crmsync.event;

import java.util.List;

/**
 * What an event has sent to Salesforce. Its {@code toString()} is a JSON array of the records, for the event's history.
 */
public interface Effects {

    /** One for each record that Salesforce has answered for, in the order of sending. */
    List<Effect> effects();
}
