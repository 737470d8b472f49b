package dev.crmsync.observe;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;

/** The text form of a span's identity, after https://www.w3.org/TR/trace-context/. */
final class Traceparent {

    private static final String FIELD = "traceparent";

    private Traceparent() {}

    static String of(SpanContext span) {
        return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                + span.getTraceFlags().asHex();
    }

    /** The context with that span as its parent; unchanged when the text is null or no such identity. */
    static Context in(Context context, String traceparent) {
        return W3CTraceContextPropagator.getInstance().extract(context, traceparent, Reader.INSTANCE);
    }

    /** Takes the text itself for the carrier of the one field. */
    private enum Reader implements TextMapGetter<String> {
        INSTANCE;

        @Override
        public Iterable<String> keys(String carrier) {
            return List.of(FIELD);
        }

        @Override
        public String get(String carrier, String key) {
            return key.equals(FIELD) ? carrier : null;
        }
    }
}
