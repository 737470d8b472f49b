package dev.crmsync.inbox;

import dev.crmsync.event.Event;
import dev.crmsync.event.EventId;
import dev.crmsync.event.ExchangeProperties;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Lets a route store events with {@code idempotentConsumer}: adding the key <em>is</em> the commit. The event is taken
 * from the exchange property {@value ExchangeProperties#EVENT}; the steps inside the EIP run for new events only.
 *
 * <p>Use it with {@code eager: true} and {@code removeOnFailure: false}: what is stored stays stored, whatever happens to
 * the exchange afterwards.
 */
public final class InboxIdempotentRepository extends ServiceSupport implements IdempotentRepository {

    private static final String STORING = "inbox-storing";

    private final AcceptQueue queue;
    private final Inbox inbox;

    public InboxIdempotentRepository(AcceptQueue queue, Inbox inbox) {
        this.queue = queue;
        this.inbox = inbox;
    }

    /**
     * Begins to store the exchange's event durably, without holding a thread: when the result is there, {@link #add} tells what
     * became of it.
     */
    CompletableFuture<Acceptance> begin(Exchange exchange) {
        CompletableFuture<Acceptance> storing = queue.submit(received(exchange));
        exchange.setProperty(STORING, storing);
        return storing;
    }

    /**
     * Stores the exchange's event durably, unless that has {@linkplain #begin begun} before; where the exchange is only a
     * preview, tells what would be.
     *
     * @param key must be the event's id as text
     * @return true when it is new
     * @throws InboxUnavailableException when that was not confirmed in time
     * @throws UnstorableEventException when the inbox can never store this event as it is
     */
    @Override
    public boolean add(Exchange exchange, String key) {
        Event event = exchange.getProperty(ExchangeProperties.EVENT, Event.class);
        if (event == null || !event.id().toString().equals(key)) {
            throw new IllegalArgumentException("The exchange property '" + ExchangeProperties.EVENT
                    + "' must hold the event with id " + key + ", was: " + (event == null ? null : event.id()));
        }
        if (exchange.getProperty(ExchangeProperties.PREVIEW, false, boolean.class)) {
            return !inbox.events().contains(event.id());
        }
        Object storing = exchange.removeProperty(STORING);
        return storing instanceof CompletableFuture<?> begun
                ? queue.isNew(begun.thenApply(Acceptance.class::cast))
                : queue.accept(received(exchange));
    }

    private static Received received(Exchange exchange) {
        String sent = exchange.getMessage().getHeader(ExchangeProperties.TRACE_CONTEXT, String.class);
        String traceContext = exchange.getProperty(ExchangeProperties.TRACE_CONTEXT, sent, String.class);
        return new Received(exchange.getProperty(ExchangeProperties.EVENT, Event.class), traceContext);
    }

    @Override
    public boolean contains(Exchange exchange, String key) {
        return contains(key);
    }

    @Override
    public boolean contains(String key) {
        int colon = key.indexOf(':');
        return colon > 0 && inbox.events().contains(new EventId(key.substring(0, colon), key.substring(colon + 1)));
    }

    /** A key alone cannot be stored. */
    @Override
    public boolean add(String key) {
        throw new UnsupportedOperationException("The inbox stores events, not keys: the exchange property '"
                + ExchangeProperties.EVENT + "' must hold the event");
    }

    /** Never removes: an event that was answered with 2xx stays. */
    @Override
    public boolean remove(String key) {
        return false;
    }

    /** Nothing to confirm: it was committed when it was added. */
    @Override
    public boolean confirm(String key) {
        return true;
    }

    /** Never clears: event ids are remembered until retention forgets them. */
    @Override
    public void clear() {
        throw new UnsupportedOperationException("The inbox is not cleared; retention forgets old event ids");
    }
}
