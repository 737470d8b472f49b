package dev.crmsync.observe;

import dev.crmsync.event.Event;
import dev.crmsync.event.ExchangeProperties;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;
import org.slf4j.MDC;

/** What the lines of a thread say about the exchange at work, as it was at one moment. */
final class LogFields {

    /** {@code <source>:<id>}, absent before the envelope has been read. */
    static final String EVENT = "event.id";

    /** The route at work. */
    static final String ROUTE = "route.id";

    /** The trace that the event belongs to, absent where none is known. */
    static final String TRACE = "trace.id";

    private final String event = MDC.get(EVENT);
    private final String route = MDC.get(ROUTE);
    private final String trace = MDC.get(TRACE);

    private LogFields() {}

    /** Puts the fields of the exchange on this thread's lines. @return what was there before */
    static LogFields put(Exchange exchange) {
        LogFields before = new LogFields();
        Event event = exchange.getProperty(ExchangeProperties.EVENT, Event.class);
        put(EVENT, event == null ? null : event.id().toString());
        put(ROUTE, ExchangeHelper.getRouteId(exchange));
        put(TRACE, traceId(exchange.getProperty(ExchangeProperties.TRACE_CONTEXT, String.class)));
        return before;
    }

    void restore() {
        put(EVENT, event);
        put(ROUTE, route);
        put(TRACE, trace);
    }

    /** The second part of {@code 00-<trace>-<span>-<flags>}. */
    private static String traceId(String traceparent) {
        return traceparent == null || traceparent.length() < 35 ? null : traceparent.substring(3, 35);
    }

    /** Spares the copy of the map that each change costs. */
    private static void put(String field, String value) {
        if (Objects.equals(MDC.get(field), value)) {
            return;
        }
        if (value == null) {
            MDC.remove(field);
        } else {
            MDC.put(field, value);
        }
    }
}
