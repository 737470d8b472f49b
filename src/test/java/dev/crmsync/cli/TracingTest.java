package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces as a collector gets them. */
class TracingTest {

    private static final String CALLERS_TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLERS_SPAN = "b7ad6b7169203331";

    @TempDir
    Path data;

    private TraceCollector collector;
    private TestApplication application;

    @BeforeEach
    void start() throws Exception {
        collector = TraceCollector.start();
        application = TestApplication.start(data, Map.of("crm.tracing.endpoint", collector.url()));
    }

    @AfterEach
    void stop() {
        application.close();
        collector.close();
    }

    @Test
    void oneTraceLeadsFromTheRequestAcrossTheInboxToTheCallOfSalesforce() {
        Sent sent = application.sender().pivotal(customer(1));
        application.ended(sent);

        List<Span> spans = spans();
        Span receive = named(spans, "receive receive-pivotal");
        Span deliver = named(spans, "deliver pivotal");
        Span upsert = named(spans, "upsert Account");
        Span call = named(spans, "call Account");
        assertThat(spans).extracting(Span::getTraceId).containsOnly(receive.getTraceId());
        assertThat(receive.getParentSpanId().isEmpty()).isTrue();
        assertThat(deliver.getParentSpanId()).isEqualTo(receive.getSpanId());
        assertThat(upsert.getParentSpanId()).isEqualTo(deliver.getSpanId());
        assertThat(call.getParentSpanId()).isEqualTo(upsert.getSpanId());
        assertThat(attributes(receive)).containsEntry("http.response.status_code", "202");
        assertThat(attributes(deliver))
                .containsEntry("event.id", sent.ids().get(0).toString())
                .containsEntry("event.state", "delivered");
        assertThat(attributes(upsert)).containsEntry("outcome", "created");
    }

    @Test
    void theTraceOfTheCallerGoesOn() {
        application.ended(application
                .sender("traceparent", "00-" + CALLERS_TRACE + "-" + CALLERS_SPAN + "-01")
                .pivotal(customer(1)));

        List<Span> spans = spans();
        assertThat(TraceCollector.hex(named(spans, "receive receive-pivotal").getParentSpanId()))
                .isEqualTo(CALLERS_SPAN);
        assertThat(spans)
                .hasSize(4)
                .allSatisfy(span ->
                        assertThat(TraceCollector.hex(span.getTraceId())).isEqualTo(CALLERS_TRACE));
    }

    @Test
    void aCallIsLinkedWithEachEventThatItCarries() {
        application.org().control("POST", "/faults", """
                {"kind": "slow", "operation": "write", "nth": 0, "status": 0, "delayMillis": 300}
                """);
        IntStream.range(0, 30)
                .mapToObj(number -> application.sender().pivotal(customer(number)))
                .toList()
                .forEach(application::ended);

        List<Span> spans = spans();
        List<Span> upserts = all(spans, "upsert Account");
        List<Span> calls = all(spans, "call Account");
        assertThat(upserts).hasSize(30).extracting(Span::getTraceId).doesNotHaveDuplicates();
        assertThat(calls).hasSizeLessThan(30);
        assertThat(calls.stream().flatMap(call -> call.getLinksList().stream()).map(Span.Link::getSpanId))
                .containsExactlyInAnyOrderElementsOf(
                        upserts.stream().map(Span::getSpanId).toList());
        assertThat(upserts)
                .allSatisfy(upsert -> assertThat(upsert.getLinksList())
                        .singleElement()
                        .extracting(Span.Link::getSpanId)
                        .isIn(calls.stream().map(Span::getSpanId).toList()));
    }

    @Test
    void aRefusedRecordMarksItsSpansAsFailed() {
        application.org().control("POST", "/faults", """
                {"kind": "row-error", "errorCode": "STRING_TOO_LONG", "nth": 0, "status": 0, "delayMillis": 0}
                """);
        application.ended(application.sender().pivotal(customer(1)));

        List<Span> spans = spans();
        assertThat(named(spans, "upsert Account").getStatus().getMessage()).isEqualTo("STRING_TOO_LONG");
        assertThat(named(spans, "deliver pivotal").getStatus().getMessage()).isEqualTo("STRING_TOO_LONG");
        assertThat(attributes(named(spans, "deliver pivotal"))).containsEntry("event.state", "dead");
    }

    /** All that was exported until the application has stopped. */
    private List<Span> spans() {
        CamelContext context = application.application().context();
        application.close();
        assertThat(context.isStopped()).isTrue();
        return collector.spans();
    }

    private static Span named(List<Span> spans, String name) {
        List<Span> found = all(spans, name);
        assertThat(found).as(name).hasSize(1);
        return found.get(0);
    }

    private static List<Span> all(List<Span> spans, String name) {
        return spans.stream().filter(span -> span.getName().equals(name)).toList();
    }

    private static Map<String, String> attributes(Span span) {
        return TraceCollector.attributes(span.getAttributesList());
    }

    private static byte[] customer(int number) {
        return """
                {"id": "evt_%1$d", "type": "customer.created", "created_at": "2026-01-01T00:00:00Z",
                 "livemode": true, "org_id": "org_1", "data": {"object": {"id": "cus_%1$d", "name": "Customer"}}}
                """.formatted(number).getBytes(StandardCharsets.UTF_8);
    }
}
