package dev.crmsync.webhook;

import dev.crmsync.event.EditRule;
import dev.crmsync.event.Event;
import java.util.Optional;
import org.apache.camel.CamelContext;

/**
 * An edited event stays with its subject and its tenant, since its place in line, its order and its record are theirs. Both
 * are read out of the payload as the source's own {@link EnvelopeReader} does. A message that could not be read has no
 * subject yet, so it may become any event.
 */
public final class SameSubject implements EditRule {

    private final CamelContext context;

    /** @param context holds the readers */
    public SameSubject(CamelContext context) {
        this.context = context;
    }

    @Override
    public Optional<String> refusal(Event event, String payload) {
        if (Event.UNREADABLE.equals(event.type())) {
            return Optional.empty();
        }
        return context.getRegistry().findByType(EnvelopeReader.class).stream()
                .filter(reader -> reader.reads(event.id().source()))
                .findFirst()
                .map(reader -> refusal(reader, event, payload))
                .orElseGet(() ->
                        Optional.of("No route reads events of " + event.id().source()
                                + ", so nobody can tell what the payload is about: add its receiving route."));
    }

    private static Optional<String> refusal(EnvelopeReader reader, Event event, String payload) {
        Concern before = before(reader, event);
        try {
            Concern after = reader.concern(event, payload);
            return after.equals(before)
                    ? Optional.empty()
                    : Optional.of("The payload is about " + after.inWords() + ", but the event belongs to "
                            + before.inWords() + ": leave what names them as it was, or discard the event.");
        } catch (UnreadableException e) {
            return Optional.of("The payload no longer says what it is about: " + e.getMessage() + ".");
        }
    }

    private static Concern before(EnvelopeReader reader, Event event) {
        try {
            return reader.concern(event, event.payload());
        } catch (UnreadableException e) {
            return new Concern(event.tenant(), event.subject());
        }
    }

    /** What a payload is about. */
    record Concern(String tenant, String subject) {

        private String inWords() {
            return subject + " of tenant " + tenant;
        }
    }
}
