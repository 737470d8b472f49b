package dev.crmsync.salesforce;

import java.time.Duration;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.util.TimeUtils;

/**
 * {@code upsert:Contact?key=Plain_Customer_Key__c}: writes the record in the message body. The exchange goes on when
 * Salesforce has answered for it, with the body as it was and the exchange property {@code upsert} saying
 * {@code created}, {@code updated}, {@code absent}, {@code stale} or {@code gone}; or it fails with the exception of its
 * failure class. The event's end follows from that without another step.
 */
public final class UpsertEndpoint extends DefaultEndpoint {

    private final String object;
    private String key;
    private boolean onlyExisting;
    private String wait;

    UpsertEndpoint(String uri, UpsertComponent component, String object) {
        super(uri, component);
        this.object = object;
    }

    public String getObject() {
        return object;
    }

    public String getKey() {
        return key;
    }

    /** The external id field, which the mapping must set too. */
    public void setKey(String key) {
        this.key = key;
    }

    public boolean isOnlyExisting() {
        return onlyExisting;
    }

    /** True to write nothing when no record has the key. */
    public void setOnlyExisting(boolean onlyExisting) {
        this.onlyExisting = onlyExisting;
    }

    public String getWait() {
        return wait;
    }

    /**
     * With {@code onlyExisting}: how long an event waits for the record, since its receipt, such as {@code 24h}; for what
     * can overtake the event that makes the record. Of several events of a subject and aspect only the newest waits. Without
     * it the event ends as ignored at once.
     */
    public void setWait(String wait) {
        this.wait = wait;
    }

    /** How long to wait for a record that is not there; zero: not at all. */
    Duration patience() {
        return wait == null ? Duration.ZERO : Duration.ofMillis(TimeUtils.toMilliSeconds(wait));
    }

    @Override
    public Producer createProducer() {
        return new UpsertProducer(this, (UpsertComponent) getComponent());
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException(getEndpointUri() + " only writes: use it in a to step");
    }
}
