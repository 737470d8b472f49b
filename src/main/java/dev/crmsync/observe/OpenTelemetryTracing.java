package dev.crmsync.observe;

import dev.crmsync.event.Tracing;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Sends spans by OTLP over HTTP, as the standard variables {@code OTEL_…} say.
 *
 * <p>camel-opentelemetry2 4.18 does not serve here: it ties spans to threads, which exchanges that wait for a shared call
 * leave, and makes a span of each step inside a route, two of each {@code direct:} call, but none of the call itself.
 */
public final class OpenTelemetryTracing implements Tracing, AutoCloseable {

    private static final long LONGEST_FLUSH_SECONDS = 5;

    /** What holds unless a variable says otherwise. A call may carry more events than the 128 links of the default. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "otel.service.name", "crm-sync",
            "otel.exporter.otlp.protocol", "http/protobuf",
            "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none",
            "otel.span.link.count.limit", "2000");

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;
    private final ForwardedLog log;

    private OpenTelemetryTracing(OpenTelemetrySdk sdk, ForwardedLog log) {
        this.sdk = sdk;
        this.tracer = sdk.getTracer("dev.crmsync");
        this.log = log;
    }

    /**
     * Starts to export.
     *
     * @param settings of OpenTelemetry, under their property names; variables and system properties win
     */
    public static OpenTelemetryTracing start(Map<String, String> settings) {
        ForwardedLog log = ForwardedLog.of("io.opentelemetry");
        return new OpenTelemetryTracing(
                AutoConfiguredOpenTelemetrySdk.builder()
                        .addPropertiesSupplier(() -> DEFAULTS)
                        .addPropertiesSupplier(() -> settings)
                        .disableShutdownHook()
                        .build()
                        .getOpenTelemetrySdk(),
                log);
    }

    @Override
    public Span begin(Step step, String what, String parent) {
        return new Recorded(tracer.spanBuilder(step.name().toLowerCase(Locale.ROOT) + " " + what)
                .setSpanKind(step == Step.RECEIVE ? SpanKind.SERVER : SpanKind.CONSUMER)
                .setParent(Traceparent.in(Context.root(), parent))
                .startSpan());
    }

    /** Sends what is not sent yet, for a few seconds at most. */
    @Override
    public void close() {
        sdk.shutdown().join(LONGEST_FLUSH_SECONDS, TimeUnit.SECONDS);
        log.close();
    }

    private final class Recorded implements Span {

        private final io.opentelemetry.api.trace.Span span;

        private Recorded(io.opentelemetry.api.trace.Span span) {
            this.span = span;
        }

        @Override
        public boolean isRecorded() {
            return span.isRecording();
        }

        @Override
        public String traceparent() {
            return Traceparent.of(span.getSpanContext());
        }

        @Override
        public Span begin(String what) {
            return new Recorded(part(what).startSpan());
        }

        @Override
        public Span beginCall(String what, List<Span> carried) {
            List<Recorded> linked = carried.stream().map(Recorded.class::cast).toList();
            SpanBuilder call = part(what).setSpanKind(SpanKind.CLIENT);
            linked.forEach(each -> call.addLink(each.span.getSpanContext()));
            Recorded begun = new Recorded(call.startSpan());
            linked.forEach(each -> each.span.addLink(begun.span.getSpanContext()));
            return begun;
        }

        private SpanBuilder part(String what) {
            return tracer.spanBuilder(what).setParent(Context.root().with(span));
        }

        @Override
        public void tag(String name, String value) {
            if (value != null) {
                span.setAttribute(name, value);
            }
        }

        @Override
        public void end(String error) {
            if (error != null) {
                span.setStatus(StatusCode.ERROR, error);
            }
            span.end();
        }
    }
}
