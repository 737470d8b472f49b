package dev.crmsync.inbox;

import java.util.Arrays;
import java.util.Locale;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** {@code inbox:<source>} to consume from, {@code inbox:<decision>} to produce to. */
public final class InboxEndpoint extends DefaultEndpoint {

    private final String name;
    private String reason;
    private boolean applied;
    private String maximumAge;
    private String delay = "5s";

    InboxEndpoint(String uri, InboxComponent component, String name) {
        super(uri, component);
        this.name = name;
    }

    /** The source to consume from. */
    String source() {
        return name;
    }

    @Override
    public InboxComponent getComponent() {
        return (InboxComponent) super.getComponent();
    }

    public String getReason() {
        return reason;
    }

    /** Why, in words that an operator reads; parts of the exchange in the simple language. */
    public void setReason(String reason) {
        this.reason = reason;
    }

    public boolean isApplied() {
        return applied;
    }

    /** With {@code inbox:ignored}: true when older events of the subject must not be applied after this one. */
    public void setApplied(boolean applied) {
        this.applied = applied;
    }

    public String getMaximumAge() {
        return maximumAge;
    }

    /** With {@code inbox:retry} and {@code inbox:postpone}: time since receipt after which the event is dead instead. */
    public void setMaximumAge(String maximumAge) {
        this.maximumAge = maximumAge;
    }

    public String getDelay() {
        return delay;
    }

    /** With {@code inbox:postpone}: time until the event is looked at again. */
    public void setDelay(String delay) {
        this.delay = delay;
    }

    @Override
    public Producer createProducer() {
        try {
            return new InboxProducer(this, Decision.valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "An event cannot be sent to inbox:" + name + ", only to inbox: and one of "
                            + Arrays.toString(Decision.values()).toLowerCase(Locale.ROOT),
                    unknown);
        }
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        InboxComponent component = getComponent();
        LastResort handled = new LastResort(processor, component.clock());
        InboxConsumer consumer =
                new InboxConsumer(this, new RouteEnd(handled, component::deadLetters, component.clock()));
        configureConsumer(consumer);
        return consumer;
    }

    /** What a route can decide about an event. */
    enum Decision {
        /** Nothing in Salesforce follows from it: an end. */
        IGNORED,
        /** This attempt failed: try again with growing pauses. */
        RETRY,
        /** This was no attempt, since Salesforce could not be reached at all: try again soon. */
        POSTPONE,
        /** Needs a person: an end. */
        DEAD
    }
}
