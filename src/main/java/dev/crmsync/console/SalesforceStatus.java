package dev.crmsync.console;

/** How this process and Salesforce get on. */
public interface SalesforceStatus {

    /**
     * The figures of this moment.
     *
     * @param callsUsed the org's API calls in 24 hours
     * @param callsAllowed 0 while it is not known
     * @param calls calls that wrote a batch, since this process started
     * @param rowsPerCall records in a call on average, 0 while there was none
     * @param login a word and what it means, such as {@code signed in}
     */
    record Figures(long callsUsed, long callsAllowed, long calls, double rowsPerCall, String login) {}

    Figures now();
}
