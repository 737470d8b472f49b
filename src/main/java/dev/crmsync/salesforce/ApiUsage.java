package dev.crmsync.salesforce;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/** The org's API calls of the last 24 hours, as the header {@code Sforce-Limit-Info: api-usage=18/15000} tells them. */
public final class ApiUsage {

    private static final Pattern USAGE = Pattern.compile("api-usage=(\\d+)/(\\d+)");

    private volatile Snapshot latest = new Snapshot(0, 0);

    /** The latest figures; a limit of 0 means that none has been seen yet. */
    public Snapshot latest() {
        return latest;
    }

    void read(Exchange exchange) {
        String header = exchange.getMessage().getHeader("Sforce-Limit-Info", String.class);
        if (header != null) {
            Matcher usage = USAGE.matcher(header);
            if (usage.find()) {
                latest = new Snapshot(Long.parseLong(usage.group(1)), Long.parseLong(usage.group(2)));
            }
        }
    }

    /**
     * Calls used and allowed in 24 hours.
     *
     * @param used calls counted
     * @param limit calls allowed
     */
    public record Snapshot(long used, long limit) {

        /** The part used, 0 to 1, or more when over. */
        public double ratio() {
            return limit == 0 ? 0 : (double) used / limit;
        }
    }
}
