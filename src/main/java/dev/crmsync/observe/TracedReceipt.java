package dev.crmsync.observe;

import dev.crmsync.event.Event;
import dev.crmsync.event.ExchangeProperties;
import dev.crmsync.event.Tracing;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.NamedRoute;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;

/** Makes a span of each webhook, from the request to its answer; the event that it stores continues the trace. */
public final class TracedReceipt implements RoutePolicyFactory {

    private static final int SERVER_ERROR = 500;

    private final Tracing tracing;

    public TracedReceipt(Tracing tracing) {
        this.tracing = tracing;
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        boolean receives =
                route instanceof NamedRoute named && named.getEndpointUrl().startsWith("platform-http:");
        return receives ? new Policy() : null;
    }

    private final class Policy extends RoutePolicySupport {

        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            Tracing.Span span = tracing.begin(
                    Tracing.Step.RECEIVE,
                    route.getRouteId(),
                    exchange.getMessage().getHeader(ExchangeProperties.TRACE_CONTEXT, String.class));
            exchange.setProperty(ExchangeProperties.SPAN, span);
            exchange.setProperty(ExchangeProperties.TRACE_CONTEXT, span.traceparent());
        }

        @Override
        public void onExchangeDone(Route route, Exchange exchange) {
            Tracing.Span span = exchange.getProperty(ExchangeProperties.SPAN, Tracing.Span.class);
            Event event = exchange.getProperty(ExchangeProperties.EVENT, Event.class);
            if (event != null) {
                span.tag("event.id", event.id().toString());
                span.tag("event.type", event.type());
            }
            Integer status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
            span.tag("http.response.status_code", status == null ? null : status.toString());
            span.end(status != null && status >= SERVER_ERROR ? "answered with " + status : null);
        }
    }
}
